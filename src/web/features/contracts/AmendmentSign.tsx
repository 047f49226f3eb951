// The signature on an amendment of a contract that keys signed: mine to give, or whose it waits for.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { listContractDocuments } from '../../../loop/contracts/contract/documents.ts'
import type { getContract } from '../../../loop/contracts/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { ElectronicSign } from './ElectronicSign.tsx'

type Props = { readonly contract: OutputOf<typeof getContract>; readonly amendment: string }

export function AmendmentSign({ contract, amendment }: Props) {
  const { t } = useTranslation('contracts')
  const [open, setOpen] = useState(false)
  const { data } = useAsk(listContractDocuments, { params: { id: contract.id } })
  const document = data?.documents.find((each) => each.amendment === amendment)
  const proposedBy = contract.amendments.find((each) => each.id === amendment)?.proposedBy
  const party = data?.party
  if (!document) return <span>{t('sign.drawing')}</span>
  const signed = (side: string | undefined) => document.signatures.some((signature) => signature.party === side)
  const mine = party !== undefined && !signed(party) && (party === proposedBy || signed(proposedBy))
  return (
    <>
      {mine ? (
        <DeskButton small icon="seal" onClick={() => setOpen(true)}>
          {t('verbs.signAmendment')}
        </DeskButton>
      ) : (
        <span>{t(signed(proposedBy) ? 'sign.waitsForOther' : 'sign.waitsForProposer')}</span>
      )}
      {open && party && (
        <ElectronicSign
          contract={contract}
          document={document}
          party={party}
          amendment={amendment}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
