// The bar of kinds on top of my work: how much waits of each, with the most urgent light.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { listMyWork } from '../../../foundation/notices/contract.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { LightMark } from '../../ui/shared/DueLight.tsx'
import styles from './my-work.module.css'

export type WorkKind = NonNullable<OutputOf<typeof listMyWork>['kinds']>[number]

type Props = {
  readonly kinds: readonly WorkKind[]
  readonly total: number
  readonly capped: boolean
  readonly chosen: { readonly domain?: string; readonly verb?: string }
  readonly onChoose: (kind: WorkKind | undefined) => void
}

const most = 6

function Urgent({ overdue, soon, n }: { readonly overdue: number; readonly soon: number; readonly n: number }) {
  const { t } = useTranslation('my-work')
  const [light, count] =
    overdue > 0 ? (['overdue', overdue] as const) : soon > 0 ? (['soon', soon] as const) : (['later', n] as const)
  return (
    <small data-light={light} title={t(`light.${light}`)}>
      <LightMark light={light} />
      <span className="sr-only">{t(`light.${light}`)}</span>
      {count}
    </small>
  )
}

export function WorkKinds({ kinds, total, capped, chosen, onChoose }: Props) {
  const { t } = useTranslation('my-work')
  const folds = kinds.length > most
  // who has chosen a kind beyond the first ones sees it pressed
  const [wide, setWide] = useState(() => kinds.slice(most - 1).some((kind) => kind.verb === chosen.verb))
  const shown = folds && !wide ? kinds.slice(0, most - 1) : kinds
  const rest = kinds.slice(shown.length)
  const sum = (of: (kind: WorkKind) => number) => rest.reduce((all, kind) => all + of(kind), 0)
  return (
    <div className={styles.kinds} role="group" aria-label={t('kinds')} data-wide={(folds && wide) || undefined}>
      <button type="button" aria-pressed={chosen.verb === undefined} onClick={() => onChoose(undefined)}>
        <b>
          {total}
          {capped && '+'}
        </b>
        <span>{t('all')}</span>
      </button>
      {shown.map((kind) => (
        <button
          key={`${kind.domain}.${kind.verb}`}
          type="button"
          aria-pressed={kind.domain === chosen.domain && kind.verb === chosen.verb}
          onClick={() => onChoose(kind)}
        >
          <b>{kind.n}</b>
          <Urgent overdue={kind.overdue} soon={kind.soon} n={kind.n} />
          <span title={kind.task}>{kind.task}</span>
        </button>
      ))}
      {rest.length > 0 && (
        <button type="button" aria-expanded="false" onClick={() => setWide(true)}>
          <b>{sum((kind) => kind.n)}</b>
          <Urgent overdue={sum((kind) => kind.overdue)} soon={sum((kind) => kind.soon)} n={sum((kind) => kind.n)} />
          <span>{t('others', { count: rest.length })}</span>
        </button>
      )}
      {folds && wide && (
        <button type="button" aria-expanded="true" onClick={() => setWide(false)}>
          <span>{t('fewer')}</span>
        </button>
      )}
    </div>
  )
}
