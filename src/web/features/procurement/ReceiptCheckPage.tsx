// Anyone who holds a receipt checks it: the signature in this browser, then what became of the envelope.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkReceipt } from '../../../loop/procurement/contract/sealed-bids.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { call } from '../../app/client.ts'
import { problemOf } from '../../app/problem.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { TextArea } from '../../ui/resident/TextArea.tsx'
import { InstantText } from '../../ui/shared/DateText.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { isSigned, readReceipt, type Receipt } from './sealing/receipt.ts'
import styles from './receipt.module.css'

type Found = {
  readonly receipt: Receipt
  readonly signed: boolean
  readonly held?: OutputOf<typeof checkReceipt>
  readonly unknown: boolean
}

function Line({ good, children }: { readonly good: boolean; readonly children: string }) {
  return (
    <li data-good={good}>
      <Icon name={good ? 'check' : 'alert'} size={20} />
      {children}
    </li>
  )
}

function Verdict({ found }: { readonly found: Found }) {
  const { t } = useTranslation('procurement')
  const { receipt, signed, held, unknown } = found
  const same = held !== undefined && held.sha256 === receipt.sha256 && held.sm3 === receipt.sm3
  return (
    <Section title={t('check.result')}>
      <Card pad>
        <ul className={styles.lines}>
          <Line good={signed}>{t(signed ? 'check.signed' : 'check.notSigned')}</Line>
          {held && (
            <>
              <Line good={held.publicKey === receipt.publicKey}>
                {t(held.publicKey === receipt.publicKey ? 'check.ours' : 'check.notOurs')}
              </Line>
              <Line good={same}>{t(same ? 'check.same' : 'check.notSame')}</Line>
              {held.intact !== undefined && (
                <Line good={held.intact}>{t(held.intact ? 'check.intact' : 'check.notIntact')}</Line>
              )}
            </>
          )}
          {unknown && <Line good={false}>{t('check.unknown')}</Line>}
        </ul>
        <dl className={styles.facts}>
          <dt>{t('fields.number')}</dt>
          <dd>{receipt.number}</dd>
          <dt>{t('sealing.bidder.who')}</dt>
          <dd data-quote>{receipt.organizationName}</dd>
          <dt>{t('sealing.receivedAt')}</dt>
          <dd>
            <InstantText instant={receipt.receivedAt} style="full" />
          </dd>
          <dt>{t('sealing.round')}</dt>
          <dd>{t('sealing.roundNumber', { n: receipt.round })}</dd>
          {held && (
            <>
              <dt>{t('check.now')}</dt>
              <dd>{t(`states.${held.state}`)}</dd>
            </>
          )}
          <dt>{t('sealing.sm3')}</dt>
          <dd>
            <code>{receipt.sm3}</code>
          </dd>
          <dt>{t('sealing.sha256')}</dt>
          <dd>
            <code>{receipt.sha256}</code>
          </dd>
          {receipt.seal && (
            <>
              <dt>{t('check.head')}</dt>
              <dd>
                <code>{receipt.seal}</code>
              </dd>
            </>
          )}
        </dl>
      </Card>
    </Section>
  )
}

export default function ReceiptCheckPage() {
  const { t } = useTranslation('procurement')
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found>()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const check = async (given: string) => {
    setFound(undefined)
    setFault(undefined)
    const receipt = readReceipt(given)
    if (receipt === undefined) {
      setFault(t('check.noReceipt'))
      return
    }
    setBusy(true)
    const signed = await isSigned(receipt)
    try {
      const held = await call(checkReceipt, {
        params: { deposit: receipt.deposit },
        query: { tender: receipt.tender },
      })
      setFound({ receipt, signed, held, unknown: false })
    } catch (error) {
      const { status } = problemOf(error)
      setFound({ receipt, signed, unknown: status === 404 || status === 422 })
      if (status !== 404 && status !== 422) setFault(t('check.noAnswer'))
    }
    setBusy(false)
  }
  return (
    <Page title={t('verbs.checkReceipt')} back="/tenders">
      <Card pad>
        <p className={styles.what}>{t('check.what')}</p>
        <label className={styles.file}>
          <span>
            <Icon name="document" size={20} /> {t('check.file')}
          </span>
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              void event.target.files?.[0]?.text().then(check)
              event.target.value = ''
            }}
          />
        </label>
        <TextArea label={t('check.text')} value={text} onChange={setText} rows={5} fault={fault} />
        <div className={styles.act}>
          <Button kind="primary" icon="check" busy={busy} onClick={() => void check(text)}>
            {t('verbs.checkReceipt')}
          </Button>
        </div>
      </Card>
      {found && <Verdict found={found} />}
    </Page>
  )
}
