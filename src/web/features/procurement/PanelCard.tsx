// The panel of a tender: who was drawn, who is done, and everything with which anyone draws again.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import type { getTender } from '../../../loop/procurement/contract.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { drawCommand } from './draw-command.ts'
import matters from './matters.module.css'
import styles from './procurement.module.css'

type View = OutputOf<typeof getTender>

export function PanelCard({ tender }: { readonly tender: View }) {
  const { t } = useTranslation('procurement')
  const [proof, setProof] = useState(false)
  const panel = (tender.panel ?? []).filter((each) => !each.replaced)
  const done = panel.filter((each) => each.done).length
  if (panel.length === 0 && !tender.commitment) return null
  return (
    <DeskCard
      title={t('panel.title')}
      extra={
        tender.draw && (
          <DeskButton small kind="quiet" onClick={() => setProof(true)}>
            {t('panel.proof')}
          </DeskButton>
        )
      }
    >
      {panel.length > 0 ? (
        <>
          <p className={styles.bars} role="img" aria-label={t('panel.done', { done, all: panel.length })}>
            {panel.map((each) => (
              <i key={each.name} data-done={each.done || undefined} />
            ))}
            <b>
              {done} / {panel.length}
            </b>
          </p>
          <ul className={styles.panel}>
            {panel.map((each, index) => (
              <li key={`${each.name}${index}`}>
                <span aria-hidden="true">{index + 1}</span>
                {each.name}
                {each.done ? (
                  <Tag tone="done" icon="check">
                    {t('panel.handedIn')}
                  </Tag>
                ) : (
                  <Tag icon="clock">{t('panel.scoring')}</Tag>
                )}
              </li>
            ))}
            {(tender.panel ?? [])
              .filter((each) => each.replaced)
              .map((each) => (
                <li key={`replaced${each.name}`}>
                  <span aria-hidden="true">—</span>
                  {each.name}
                  <Tag>{t('panel.replaced')}</Tag>
                </li>
              ))}
          </ul>
          {done < panel.length && (
            <p className={styles.note}>
              <Icon name="lock" size={14} /> {t('panel.blind')}
            </p>
          )}
        </>
      ) : (
        <p className={styles.note}>
          {t('panel.committed')}
          <code>{tender.commitment}</code>
        </p>
      )}
      {proof && tender.draw && (
        <DeskDialog
          title={t('panel.proof')}
          onClose={() => setProof(false)}
          wide
          foot={
            <DeskButton kind="primary" onClick={() => setProof(false)}>
              {t('frame:close')}
            </DeskButton>
          }
        >
          <p>{t('panel.howTo')}</p>
          <code className={matters.command}>{drawCommand(tender.id)}</code>
          <dl className={styles.proof}>
            <div>
              <dt>{t('panel.commitment')}</dt>
              <dd>
                <code>{tender.commitment}</code>
              </dd>
            </div>
            <div>
              <dt>{t('panel.secret')}</dt>
              <dd>
                <code>{tender.draw.secret}</code>
              </dd>
            </div>
            <div>
              <dt>{t('panel.seed')}</dt>
              <dd>
                <code>{tender.draw.seed}</code>
              </dd>
            </div>
            <div>
              <dt>{t('panel.listHash')}</dt>
              <dd>
                <code>{tender.draw.listHash}</code>
              </dd>
            </div>
            <div>
              <dt>{t('panel.size')}</dt>
              <dd>
                {tender.draw.size} / {tender.draw.list.length}
              </dd>
            </div>
            <div>
              <dt>{t('panel.bidHashes')}</dt>
              <dd>
                <ol>
                  {tender.draw.bidHashes.map((each) => (
                    <li key={each}>
                      <code>{each}</code>
                    </li>
                  ))}
                </ol>
              </dd>
            </div>
            <div>
              <dt>{t('panel.list')}</dt>
              <dd>
                <ol>
                  {tender.draw.list.map((each) => (
                    <li key={each}>
                      <code>{each}</code>
                    </li>
                  ))}
                </ol>
              </dd>
            </div>
          </dl>
        </DeskDialog>
      )}
    </DeskCard>
  )
}
