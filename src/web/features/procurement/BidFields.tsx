// The fields of a sealed bid: price, plan, team, attachments. What is typed stays in this browser.
import { Input } from 'antd'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { mostAttachments } from '../../../loop/procurement/contract/sealed-bids.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { numberColumn, textColumn } from '../../ui/desk/row-columns.tsx'
import { type RowColumn, RowsField } from '../../ui/desk/RowsField.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import type { DraftFault, DraftWords } from './bid-draft.ts'
import { useSizeWords } from './ReceiptCard.tsx'
import type { TeamLine } from './sealing/keep.ts'
import styles from './sealing.module.css'
import { Aside } from '../../ui/shared/Aside.tsx'

type Props = {
  readonly draft: DraftWords
  readonly faults: readonly DraftFault[]
  readonly budget: string
  readonly onChange: (part: Partial<DraftWords>) => void
}

function useTeamColumns(): readonly RowColumn<TeamLine>[] {
  const { t } = useTranslation('procurement')
  return [
    textColumn<TeamLine, 'post'>('post', t('fields.post'), 60),
    numberColumn<TeamLine, 'people'>('people', t('fields.people'), 200),
    textColumn<TeamLine, 'certificate'>('certificate', t('fields.certificate'), 100),
  ]
}

export function BidFields({ draft, faults, budget, onChange }: Props) {
  const { t } = useTranslation('procurement')
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const size = useSizeWords()
  const columns = useTeamColumns()
  const faultText = (fault: DraftFault) =>
    faults.includes(fault) && (
      <p className={styles.fault} id={`${id}-${fault}`} role="alert">
        {t(`sealing.faults.${fault}`)}
      </p>
    )
  return (
    <div className={styles.fields}>
      <div>
        <label htmlFor={`${id}-money`}>
          <span>{t('desk.price')}</span>
        </label>
        <Input
          id={`${id}-money`}
          className={styles.money}
          inputMode="decimal"
          autoComplete="off"
          suffix={t('sealing.yuan')}
          aria-invalid={faults.includes('price') || faults.includes('price-above') || undefined}
          aria-describedby={faults.includes('price') ? `${id}-price` : `${id}-price-above`}
          value={draft.price}
          onChange={(event) => onChange({ price: event.target.value })}
        />
        <p className={styles.text}>
          {t('sealing.limit')} <MoneyText amount={budget} unit />
        </p>
        {faultText('price')}
        {faultText('price-above')}
      </div>
      <div>
        <label htmlFor={`${id}-plan`}>
          <span>
            {t('sealing.plan')} <small>{t('sealing.planCount', { count: draft.proposal.length })}</small>
          </span>
        </label>
        <textarea
          id={`${id}-plan`}
          maxLength={5000}
          aria-invalid={faults.includes('proposal') || undefined}
          aria-describedby={faults.includes('proposal') ? `${id}-proposal` : undefined}
          value={draft.proposal}
          onChange={(event) => onChange({ proposal: event.target.value })}
        />
        {faultText('proposal')}
      </div>
      <fieldset>
        <legend>
          {t('fields.team')} <small>{t('sealing.teamNote')}</small>
        </legend>
        <RowsField value={draft.team} onChange={(team) => onChange({ team })} columns={columns}>
          <p>
            <DeskButton small icon="plus" onClick={() => onChange({ team: [...draft.team, { people: 1 }] })}>
              {t('sealing.addPost')}
            </DeskButton>
          </p>
        </RowsField>
        {faultText('team')}
      </fieldset>
      <div>
        <label htmlFor={`${id}-files`}>
          <span>
            {t('fields.files')} <small>{t('sealing.filesNote', { count: mostAttachments })}</small>
          </span>
        </label>
        <div className={styles.files}>
          {draft.files.length > 0 && (
            <ul>
              {draft.files.map((file, index) => (
                <li key={`${file.name}${index}`}>
                  <span data-quote>{file.name}</span>
                  <Aside>{size(file.size)}</Aside>
                  <DeskButton
                    small
                    bare
                    kind="quiet"
                    icon="close"
                    label={t('frame:form.remove', { n: index + 1 })}
                    onClick={() => onChange({ files: draft.files.filter((_file, at) => at !== index) })}
                  />
                </li>
              ))}
            </ul>
          )}
          <input
            ref={input}
            id={`${id}-files`}
            type="file"
            multiple
            className="sr-only"
            onChange={(event) => {
              onChange({ files: [...draft.files, ...(event.target.files ?? [])] })
              event.target.value = ''
            }}
          />
          <DeskButton small icon="clip" onClick={() => input.current?.click()}>
            {t('sealing.addFile')}
          </DeskButton>
        </div>
        {faultText('files')}
      </div>
    </div>
  )
}
