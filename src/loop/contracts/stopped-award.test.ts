// An award whose clock stands: its contract waits with it.
import { expect, test } from 'vitest'
import { startApp } from '../../../tests/support/app.ts'
import { makeStory } from '../../../tests/support/story.ts'
import { uploadSignedContract } from './contract.ts'

test('while a complaint about a confirmed award is open, the contract cannot become active', async () => {
  const app = await startApp()
  try {
    const story = await makeStory(app, 'signing')
    const { pool } = app.parts.platform.database
    const { tender = '', contract: drafted = '' } = story.thread
    const clock = (at: string | null) =>
      pool.query('UPDATE procurement.tender SET stopped_at = $2 WHERE id = $1', [tender.slice(7), at])
    const { rows } = await pool.query(
      `SELECT sha256 FROM platform.attachment WHERE record_kind = 'contract-paper' AND record_id = $1 ORDER BY attached_at DESC LIMIT 1`,
      [drafted],
    )
    const procurer = story.people.get('procurer')
    if (procurer === undefined) throw new Error('no procurer')
    const sign = () =>
      app.call(procurer, uploadSignedContract, { params: { id: drafted }, body: { sha256: rows[0]?.sha256 } })
    await clock(app.parts.platform.clock.now())
    const refused = await sign()
    expect(refused.problem).toMatchObject({ code: 'objection-open', detail: expect.stringContaining('投诉') })
    await clock(null)
    expect((await sign()).status).toBe(200)
  } finally {
    await app.close()
  }
}, 60_000)
