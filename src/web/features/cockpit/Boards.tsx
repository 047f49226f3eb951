// Smaller boards below the loop: deliberation, money, oversight; bars of one board share one scale.
import { useTranslation } from 'react-i18next'
import { type Figures, numberWords } from './figures.ts'
import styles from './cockpit.module.css'

const boards = [
  {
    key: 'money',
    names: ['procurement.awarded', 'contracts.value', 'funds.encumbered', 'funds.paid', 'funds.refunded'],
  },
  {
    key: 'deliberation',
    names: ['deliberation.motions-proposed', 'deliberation.motions-decided', 'deliberation.motions-adopted'],
  },
  {
    key: 'oversight',
    names: ['evaluation.published', 'evaluation.inspections', 'evaluation.findings', 'evaluation.findings-verified'],
  },
] as const

export function Boards({ figures, onOpen }: { readonly figures: Figures; readonly onOpen: (name: string) => void }) {
  const { t } = useTranslation('cockpit')
  return (
    <div className={styles.boards}>
      {boards.map((board) => {
        const most = Math.max(1, ...board.names.map((name) => figures.get(name)?.now.value ?? 0))
        return (
          <section key={board.key} className={styles.board} aria-label={t(`boards.${board.key}`)}>
            <h2>
              {t(`boards.${board.key}`)} <small>{t(`boards.${board.key}Unit`)}</small>
            </h2>
            <ul>
              {board.names.map((name) => {
                const figure = figures.get(name)
                return (
                  <li key={name}>
                    <button type="button" onClick={() => onOpen(name)}>
                      <span>{figure?.label ?? t(`figures.${name.replace('.', '-')}`)}</span>
                      <i data-money={board.key === 'money' || undefined}>
                        <i style={{ width: `${((figure?.now.value ?? 0) / most) * 100}%` }} />
                      </i>
                      <b>
                        {figure?.now.hidden
                          ? t('map.few')
                          : (numberWords(figure?.unit ?? 'count', figure?.now.value) ?? '—')}
                      </b>
                    </button>
                  </li>
                )
              })}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
