// What an opened sealed bid says beside price and plan: the team and the attachments, for those who may read it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getBidFile, getBidPaper } from '../../../loop/procurement/contract/sealed-bids.ts'
import { useAsk } from '../../app/ask.ts'
import { call } from '../../app/client.ts'
import { problemOf } from '../../app/problem.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskDialog } from '../../ui/desk/DeskDialog.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { MoneyText } from '../../ui/shared/MoneyText.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { useSizeWords } from './ReceiptCard.tsx'
import { fromText } from './sealing/bytes.ts'
import { saveFile } from '../../ui/shared/save-file.ts'
import styles from './sealing.module.css'
import { Aside } from '../../ui/shared/Aside.tsx'

function Paper({ bid }: { readonly bid: string }) {
  const { t } = useTranslation('procurement')
  const size = useSizeWords()
  const { data, error, refetch } = useAsk(getBidPaper, { params: { id: bid } })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={5} />
  const save = async (index: number) => {
    const { name, content } = await call(getBidFile, { params: { id: bid, index } })
    // Never shown in a page of ours: what a bidder attached is only saved.
    saveFile(name, fromText(content), 'application/octet-stream')
  }
  return (
    <div className={styles.paper}>
      <p>
        {t('fields.price')} <MoneyText amount={data.price} strong unit />
      </p>
      <pre data-quote>{data.proposal}</pre>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('fields.post')}</th>
            <th scope="col">{t('fields.people')}</th>
            <th scope="col">{t('fields.certificate')}</th>
          </tr>
        </thead>
        <tbody>
          {data.team.map((line, index) => (
            <tr key={index} data-quote>
              <td>{line.post}</td>
              <td>{line.people}</td>
              <td>{line.certificate ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.files.map((file, index) => (
        <p key={`${file.name}${index}`} className={styles.row}>
          <span data-quote>{file.name}</span>
          <Aside>{size(file.size)}</Aside>
          <DeskButton small icon="export" onClick={() => void save(index)}>
            {t('sealing.saveFile')}
          </DeskButton>
        </p>
      ))}
    </div>
  )
}

export function BidPaper({ bid, name }: { readonly bid: string; readonly name: string }) {
  const { t } = useTranslation('procurement')
  const [open, setOpen] = useState(false)
  return (
    <>
      <DeskButton small icon="document" label={t('sealing.readPaperOf', { name })} onClick={() => setOpen(true)}>
        {t('sealing.paper')}
      </DeskButton>
      {open && (
        <DeskDialog title={t('sealing.paperOf', { name })} wide onClose={() => setOpen(false)}>
          <Paper bid={bid} />
        </DeskDialog>
      )}
    </>
  )
}
