// Reading and setting parameters.
import { joinId, jurisdictionOf } from '../../kit/id.ts'
import { allow } from '../../kit/ruling.ts'
import { action, question } from '../../platform/action.ts'
import { uuidAt } from '../../platform/clock.ts'
import { divisionName } from '../divisions/public.ts'
import { listPeople } from '../identity/public.ts'
import * as contract from './contract.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'

type Wire = string | number | unknown[] | Record<string, unknown>

export const listParameters = question(contract.listParameters, async (ask, { query }) => {
  const rows = ask.platform.parameters.map((parameter) => {
    const { value, setAt } = ask.policy.valueAt(parameter.key, query.division)
    return {
      key: parameter.key,
      domain: parameter.key.split('.')[0] ?? '',
      unit: parameter.unit,
      source: parameter.source,
      preset: parameter.value as Wire,
      minimum: parameter.minimum,
      maximum: parameter.maximum,
      value: value as Wire,
      setAt: setAt === undefined ? undefined : { division: setAt, divisionName: divisionName(setAt) ?? setAt },
    }
  })
  return allow({ rows })
})

export const listParameterHistory = question(contract.listParameterHistory, async (ask, { params, query }) => {
  const rows = await store.listHistory(ask.tx, params.key, query.division)
  const people = await listPeople(
    ask.tx,
    rows.map((row) => row.set_by),
  )
  return allow({
    rows: rows.map((row) => {
      const person = people.get(row.set_by)
      return {
        version: row.version,
        value: row.value as Wire | null,
        reason: row.reason,
        setBy: person?.officialName ?? person?.maskedName ?? '',
        setAt: row.set_at,
      }
    }),
  })
})

export const setParameter = action(contract.setParameter, async (act, { params, body }) => {
  const parameter = act.platform.parameters.find((candidate) => candidate.key === params.key)
  const ruling = await act.judge({ reach: { division: body.division } }, () =>
    rules.setParameter(parameter, body.value),
  )
  if (!ruling.ok) return ruling
  const version = await store.insertValue(act.tx, {
    id: uuidAt(act.now),
    key: params.key,
    division: body.division,
    value: body.value,
    reason: body.reason,
    setBy: act.actor.kind === 'person' ? act.actor.personId : 'system',
    setAt: act.now,
  })
  act.record({
    name: 'policy.setParameter',
    of: { kind: 'parameter', id: joinId(jurisdictionOf(body.division), params.key) },
    division: body.division,
    data: { key: params.key, value: body.value, version },
  })
  return allow({ key: params.key, division: body.division, version })
})
