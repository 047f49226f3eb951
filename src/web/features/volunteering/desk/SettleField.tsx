// What the worker says of volunteers of whom the codes do not tell all: who forgot to check out, who came without a phone.
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { MomentField } from '../../../ui/desk/form-controls.tsx'
import { useInstantWords } from '../../../ui/shared/DateText.tsx'
import { type OccasionView, useSpanWords } from '../resident/occasion-words.tsx'
import styles from './occasions.module.css'

export type ToldRow = { readonly id: string; readonly came: boolean; readonly from?: string; readonly until?: string }

/** The rows to begin with: everybody whose time is not whole; nobody is said to have come. */
export function toldOf(occasion: OccasionView): ToldRow[] {
  return (occasion.people ?? [])
    .filter((person) => person.leftAt === undefined)
    .map((person) => ({ id: person.id, came: person.arrivedAt !== undefined }))
}

type Props = {
  readonly occasion: OccasionView
  readonly id?: string
  readonly value?: readonly ToldRow[]
  readonly onChange?: (rows: readonly ToldRow[]) => void
}

export function SettleField({ occasion, id, value = [], onChange }: Props) {
  const { t } = useTranslation('volunteering')
  const words = useInstantWords()
  const span = useSpanWords()
  const change = (row: string, part: Partial<ToldRow>) =>
    onChange?.(value.map((each) => (each.id === row ? { ...each, ...part } : each)))
  return (
    <ul id={id} className={styles.settle}>
      <li>{t('desk.within', { span: span(occasion) })}</li>
      {(occasion.people ?? []).map((person) => {
        const row = value.find((each) => each.id === person.id)
        const named = (what: string) => t('desk.ofWhom', { name: person.name, what })
        return (
          <li key={person.id}>
            <b>{person.name}</b>
            {row === undefined ? (
              <span>
                {person.arrivedAt && t('desk.arrived', { time: words(person.arrivedAt, 'time') })}{' '}
                {person.leftAt && t('desk.left', { time: words(person.leftAt, 'time') })} · {t('desk.byCode')}
              </span>
            ) : (
              <>
                {person.arrivedAt ? (
                  <span>
                    {t('desk.arrived', { time: words(person.arrivedAt, 'time') })} · {t('desk.noOut')}
                  </span>
                ) : (
                  <Checkbox
                    checked={row.came}
                    onChange={(event) =>
                      change(person.id, { came: event.target.checked, from: undefined, until: undefined })
                    }
                  >
                    {t('desk.didCome')}
                  </Checkbox>
                )}
                {row.came && (row.until === undefined || (!person.arrivedAt && row.from === undefined)) && (
                  <em>{t('desk.needTimes')}</em>
                )}
                {row.came && (
                  <span className={styles.times}>
                    {!person.arrivedAt && (
                      <label htmlFor={`${person.id}-from`}>
                        {t('desk.fromTime')}
                        <span className="sr-only">{named(t('desk.fromTime'))}</span>
                        <MomentField
                          id={`${person.id}-from`}
                          value={row.from}
                          onChange={(from) => change(person.id, { from })}
                        />
                      </label>
                    )}
                    <label htmlFor={`${person.id}-until`}>
                      {t('desk.untilTime')}
                      <span className="sr-only">{named(t('desk.untilTime'))}</span>
                      <MomentField
                        id={`${person.id}-until`}
                        value={row.until}
                        onChange={(until) => change(person.id, { until })}
                      />
                    </label>
                  </span>
                )}
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}
