// All keys that stand on record in my name: where each is, and how one that is lost or old is retired.
import { useTranslation } from 'react-i18next'
import { retireSigningKey } from '../../../loop/contracts/contract/documents.ts'
import { useAct } from '../../app/act.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import styles from './contracts.module.css'
import type { Key } from './SigningKeyChoice.tsx'

type Props = {
  readonly keys: readonly Key[]
  /** Ids of those that this browser holds. */
  readonly here: readonly string[]
}

export function MyKeys({ keys, here }: Props) {
  const { t } = useTranslation('contracts')
  const problemText = useProblemText()
  const { act, pending, problem } = useAct(retireSigningKey, { onDone: () => showToast(t('sign.retired')) })
  if (keys.length === 0) return null
  return (
    <details className={styles.mine}>
      <summary>{t('sign.mine', { count: keys.length })}</summary>
      <ul>
        {keys.map((key) => (
          <li key={key.id} className={styles.row}>
            {t('frame:list.aside', { text: key.label, aside: t(`signatureKinds.${key.kind}`) })}
            <Tag tone={key.retiredAt ? 'neutral' : 'done'}>
              {t(key.retiredAt ? 'sign.isRetired' : here.includes(key.id) ? 'sign.isHere' : 'sign.isElsewhere')}
            </Tag>
            {!key.retiredAt && (
              <DeskButton
                small
                kind="quiet"
                busy={pending}
                label={t('sign.retireOne', { name: key.label })}
                onClick={() => void act({ params: { id: key.id } })}
              >
                {t('sign.retire')}
              </DeskButton>
            )}
          </li>
        ))}
      </ul>
      {problem && (
        <p className={styles.problem} role="alert">
          {problemText(problem)}
        </p>
      )}
    </details>
  )
}
