// People of a community and wishes of theirs in every state, for the tests of wishes.
import { type Person, places, startApp, type TestApp } from '../../../tests/support/app.ts'
import { listNotices } from '../../foundation/notices/contract.ts'
import * as needs from '../needs/contract.ts'
import * as desk from '../needs/contract/desk.ts'
import * as claims from './contract/claims.ts'
import * as contract from './contract.ts'

export const at = (id: string) => ({ params: { id } })
export const wording = { title: '一台能听评弹的收音机', text: '老人眼睛不好，想要一台声音大一点的收音机' }
export const words = { words: '家里有事，来不及了' }

export type Stage = Awaited<ReturnType<typeof openStage>>

/** Starts the program with a resident, two neighbours and the desk of a community. Close `app` afterwards. */
export async function openStage() {
  const app: TestApp = await startApp()
  const resident = await app.person()
  const neighbour = await app.person()
  const other = await app.person()
  const worker = await app.person('community-worker')
  const head = await app.person('community-head')
  const elsewhere = await app.person('community-worker', { division: places.otherCommunity })

  /** A need that was accepted and is on no route yet. */
  async function accepted(of = resident, visibility: 'public' | 'private' = 'public') {
    const body = {
      text: '母亲一个人在家,想听听收音机解闷',
      category: '0105',
      division: places.community,
      visibility,
    } as const
    const { id } = await app.ok(of, needs.submitNeed, { body })
    await app.ok(worker, desk.acceptNeed, { ...at(id), body: { category: '0105', routeHint: 'wish' } })
    return id
  }
  /** A wish on the board. */
  async function putUp(need?: string) {
    const body = { need: need ?? (await accepted()), ...wording, noMoney: true }
    return (await app.ok(worker, contract.putUpWish, { body })).id
  }
  /** A wish that the neighbour claimed. */
  async function claimed() {
    const id = await putUp()
    await app.ok(neighbour, claims.claimWish, { ...at(id), body: {} })
    return id
  }
  /** A wish that the neighbour delivered. */
  async function delivered() {
    const id = await claimed()
    await app.ok(neighbour, claims.deliverWish, { ...at(id), body: { words: '收音机已送到服务站，并教会了怎么用' } })
    return id
  }
  const seen = (who: Person | 'nobody', id: string) => app.ok(who, contract.getWish, at(id))
  const stateOf = async (id: string) => (await seen(worker, id)).state
  /** The need behind a wish, as its worker reads it. */
  async function needOf(id: string) {
    const need = (await seen(worker, id)).need?.id ?? ''
    return app.ok(worker, needs.getNeed, at(need))
  }
  /** Of what somebody was told about a wish. */
  async function told(who: Person, id: string) {
    const { rows } = await app.ok(who, listNotices, { query: { size: 50 } })
    return rows.filter((row) => row.of.id === id).map((row) => row.kind)
  }
  return {
    app,
    resident,
    neighbour,
    other,
    worker,
    head,
    elsewhere,
    accepted,
    putUp,
    claimed,
    delivered,
    seen,
    stateOf,
    needOf,
    told,
  }
}
