// The cockpit of a division: path, period, map, eight figures, the loop, and the rows behind each of them. `?wall=1` is the wall screen.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getDivision } from '../../../foundation/divisions/contract.ts'
import { type Period, parsePeriod, shiftPeriod } from '../../../foundation/indicators/rules.ts'
import { useAddressQuery } from '../../app/address.ts'
import { usePageTitle } from '../../app/appearance.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { currentAssignment, useSession } from '../../app/session.ts'
import { CockpitBar, useWall } from '../../app/shells/CockpitShell.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { partsOf } from '../../ui/shared/when.ts'
import { AreaBars, AreaMap } from './AreaMap.tsx'
import { Boards } from './Boards.tsx'
import { downloadFigures } from './download.ts'
import { FigureTile, periodWords } from './FigureTile.tsx'
import { satisfaction, tiles, useFigures } from './figures.ts'
import { LoopFunnel } from './LoopFunnel.tsx'
import { RowsDialog } from './RowsDialog.tsx'
import { WallHead } from './WallHead.tsx'
import styles from './cockpit.module.css'

const spans = ['month', 'quarter', 'year'] as const
type Span = (typeof spans)[number]

/** The period of a kind in which a moment lies. */
function periodAt(now: string, span: Span): Period {
  const parts = partsOf(now)
  const year = parts?.year ?? 2026
  const month = parts?.month ?? 1
  const text =
    span === 'year'
      ? `${year}`
      : span === 'quarter'
        ? `${year}-Q${Math.ceil(month / 3)}`
        : `${year}-${String(month).padStart(2, '0')}`
  return parsePeriod(text) ?? (text as Period)
}

function spanOf(period: string): Span {
  return period.includes('Q') ? 'quarter' : period.includes('-') ? 'month' : 'year'
}

const order: readonly string[] = tiles

/** How long a board stays on the wall, in milliseconds. */
const turn = 30_000

export default function CockpitPage() {
  const { t } = useTranslation('cockpit')
  const wall = useWall()
  const session = useSession()
  const [query, change] = useAddressQuery()
  const [opened, setOpened] = useState<string>()
  const own = currentAssignment(session)?.division ?? '32'
  const division = query['division'] ?? own.slice(0, own.length > 6 ? 6 : own.length)
  const period = parsePeriod(query['period'] ?? '') ?? periodAt(session.now, 'quarter')
  const chosen = query['figure'] ?? 'needs.raised'
  const { figures, name, error, refetch } = useFigures(division, period, session.person !== null)
  const path = useAsk(getDivision, { params: { code: division } })
  const figure = figures.get(chosen)
  const label = (each: string) => figures.get(each)?.label || t(`figures.${each.replace('.', '-')}`)
  const where = path.data?.division.name ?? name ?? ''
  usePageTitle(t('title', { place: where }))
  useEffect(() => {
    if (!wall) return
    const timer = setTimeout(() => change({ figure: order[(order.indexOf(chosen) + 1) % order.length] }), turn)
    return () => clearTimeout(timer)
  }, [wall, chosen, change])
  const openRows = (each: string) => setOpened(each === satisfaction ? 'needs.met' : each)
  const span = spanOf(period)
  const later = shiftPeriod(period, 1)
  const future = later > periodAt(session.now, span)
  const map = (
    <section className={styles.mapCard} aria-label={t('map.title')}>
      <div className={styles.mapHead}>
        <h2>{label(chosen)}</h2>
        <select
          aria-label={t('map.choose')}
          value={chosen}
          onChange={(event) => change({ figure: event.target.value })}
        >
          {tiles.map((each) => (
            <option key={each} value={each}>
              {t(`figures.${each.replace('.', '-')}`)}
            </option>
          ))}
        </select>
      </div>
      {division.length <= 4 ? (
        <AreaMap
          division={division}
          figure={figure}
          label={`${where} ${label(chosen)}`}
          onChoose={(code) => change({ division: code }, { replace: false })}
        />
      ) : (
        <AreaBars
          figure={figure}
          label={`${where} ${label(chosen)}`}
          onChoose={(code) => change({ division: code }, { replace: false })}
        />
      )}
    </section>
  )
  return (
    <>
      <CockpitBar
        path={
          <nav className={styles.path} aria-label={t('path')}>
            {(path.data?.ancestors ?? []).map((each) => (
              <span key={each.code}>
                <button type="button" onClick={() => change({ division: each.code }, { replace: false })}>
                  {each.name}
                </button>
                <Icon name="right" size={13} />
              </span>
            ))}
            <b aria-current="page">{where}</b>
            <small>{division}</small>
          </nav>
        }
        tools={
          <>
            <div className={styles.spans} role="group" aria-label={t('period.kind')}>
              {spans.map((each) => (
                <button
                  key={each}
                  type="button"
                  aria-pressed={each === span}
                  onClick={() => change({ period: periodAt(session.now, each) })}
                >
                  {t(`period.${each}Kind`)}
                </button>
              ))}
            </div>
            <div className={styles.stepper}>
              <button
                type="button"
                aria-label={t('period.before')}
                onClick={() => change({ period: shiftPeriod(period, -1) })}
              >
                <Icon name="left" size={15} />
              </button>
              <b aria-live="polite">{periodWords(period, t)}</b>
              <button
                type="button"
                aria-label={t('period.after')}
                disabled={future}
                onClick={() => change({ period: later })}
              >
                <Icon name="right" size={15} />
              </button>
            </div>
            <DeskButton
              icon="export"
              onClick={() =>
                downloadFigures(
                  `${where}-${period}`,
                  [...figures.values()].map((each) => ({ ...each, label: label(each.name) })),
                )
              }
            >
              {t('export')}
            </DeskButton>
            <DeskButton kind="primary" icon="wall" onClick={() => change({ wall: '1' }, { replace: false })}>
              {t('wall.enter')}
            </DeskButton>
          </>
        }
      />
      {error && !figures.size ? (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : (
        <div className={wall ? styles.wallGrid : styles.grid}>
          {wall && (
            <WallHead
              title={t('wall.title', { place: where })}
              period={periodWords(period, t)}
              onLeave={() => change({ wall: undefined })}
            />
          )}
          {!wall && <h1 className="sr-only">{t('title', { place: where })}</h1>}
          <div className={styles.top}>
            {map}
            <div className={styles.tiles}>
              {tiles.map((each) => (
                <FigureTile
                  key={each}
                  name={each}
                  figure={figures.get(each)}
                  chosen={wall && each === chosen}
                  onOpen={() => (wall ? change({ figure: each }) : openRows(each))}
                />
              ))}
            </div>
          </div>
          <LoopFunnel figures={figures} onOpen={openRows} />
          <Boards figures={figures} onOpen={openRows} />
          <p className={styles.note}>{session.demo ? t('demo') : t('exact')}</p>
        </div>
      )}
      {opened && (
        <RowsDialog
          name={opened}
          label={label(opened)}
          division={division}
          period={period}
          where={`${where} ${periodWords(period, t)}`}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}
