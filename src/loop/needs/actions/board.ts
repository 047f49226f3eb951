// Needs: the board's figures, read as they were counted with each event; nothing is counted for a reader.
import { countedYears, readFigures } from '../../../foundation/indicators/public.ts'
import { levelOf } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { allow, invalid } from '../../../kit/ruling.ts'
import { question } from '../../../platform/action.ts'
import { needStates } from '../contract.ts'
import * as board from '../contract/board.ts'
import { standingIn } from '../indicators.ts'

const told = needStates.filter((state) => state !== 'draft')
const ofYear = [
  'raised',
  'responded-in-time',
  'met',
  'partly-met',
  'not-met',
  'verified-verdicts',
  'reopened',
  'unconfirmed',
].map((name) => `needs.${name}`)

export const getBoardFigures = question(board.getBoardFigures, async (ask, { query: { division } }) => {
  if (levelOf(division) !== 'community') return invalid([{ path: 'query.division', code: 'not-a-community' }])
  const years = countedYears(ask.now)
  const year = today(ask.now).slice(0, 4)
  const figures = await readFigures(ask.platform, ask.tx, [...ofYear, ...told.map(standingIn)], [division], years)
  const now = (name: string) => figures.get(`needs.${name}`, division, year).value ?? 0
  const states = told.map((state) => ({
    state,
    count: years.reduce((sum, each) => sum + (figures.get(standingIn(state), division, each).value ?? 0), 0),
  }))
  return allow({
    division,
    year,
    raised: now('raised'),
    respondedInTime: figures.get('needs.responded-in-time', division, year).value,
    states,
    verdicts: {
      met: now('met'),
      partly: now('partly-met'),
      notMet: now('not-met'),
      verified: now('verified-verdicts'),
    },
    reopened: now('reopened'),
    answered: states.find(({ state }) => state === 'answered')?.count ?? 0,
    unconfirmed: now('unconfirmed'),
  })
})
