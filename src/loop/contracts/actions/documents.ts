// Contracts: making the document when a signing begins or an amendment is proposed, and listing what was made.
import { divisionName, fullDivisionName } from '../../../foundation/divisions/public.ts'
import { listPeople } from '../../../foundation/identity/public.ts'
import { isUscc } from '../../../kit/chinese-ids.ts'
import type { OutputOf } from '../../../kit/endpoint.ts'
import { ancestorAt, type DivisionCode, type Id, jurisdictionOf } from '../../../kit/id.ts'
import { today } from '../../../kit/plain-date.ts'
import { absent, allow, granted } from '../../../kit/ruling.ts'
import { type Act, question } from '../../../platform/action.ts'
import { checksumsOf, sha256Of } from '../../../platform/crypto/signatures.ts'
import { writeDocx } from '../../../platform/paper/docx.ts'
import { drawPdf } from '../../../platform/paper/pdf.ts'
import { getOrganization } from '../../../registers/organizations/public.ts'
import { listWorkers } from '../../../registers/social-workers/public.ts'
import { getProject } from '../../projects/public.ts'
import * as contract from '../contract/documents.ts'
import { parties } from '../contract.ts'
import * as rules from '../rules/document.ts'
import { agreed } from '../rules/amendments.ts'
import { paperOf } from '../rules/paper.ts'
import { signingMessage } from '../rules/signing.ts'
import { type Amendment, type Contract, mayRead, mayReadAll, partyOf, shownNumber } from '../rules.ts'
import { findAmendment, listAmendments } from '../store/changes.ts'
import * as store from '../store/documents.ts'
import { findContract, findContractForUpdate } from '../store.ts'

type View = OutputOf<typeof contract.listContractDocuments>['documents'][number]

/** Stands at the head of each page of the DOCX. */
const copyNotice = '可编辑副本，仅供起草和参考，不是签署文本。签署以平台生成的 PDF 文件为准。'

/** The government body that buys: as a county set it, else named after its place: 苏州市虎丘区横塘街道办事处, …镇人民政府. */
function purchaserOf(act: Pick<Act, 'policy'>, division: DivisionCode): rules.DocumentParty {
  const township = ancestorAt(division, 'township') ?? division
  const name = act.policy.text('contracts.purchaser-name', division).trim()
  const uscc = act.policy.text('contracts.purchaser-uscc', division).trim()
  const place = `${divisionName(township.slice(0, 4)) ?? ''}${fullDivisionName(township)}`
  return {
    name: name === '' ? `${place}${place.endsWith('街道') ? '办事处' : '人民政府'}` : name,
    uscc: isUscc(uscc) ? uscc : undefined,
  }
}

type Occasion = {
  readonly kind: rules.ContractDocument['kind']
  readonly round: rules.ContractDocument['round']
  /** The contract as it is after what the document agrees. */
  readonly after: Contract
  readonly amendment?: Amendment
  readonly change?: rules.DocumentChange
  readonly previous?: { readonly sha256: string; readonly sm3: string }
}

async function make(
  act: Act,
  record: Contract,
  occasion: Occasion,
  before: readonly rules.ContractDocument[],
): Promise<void> {
  const jurisdiction = jurisdictionOf(record.division)
  const id: Id<'contract-document'> = act.newId(jurisdiction)
  const { after, change, previous } = occasion
  const workers = await listWorkers(
    act.tx,
    after.team.map((member) => member.worker),
  )
  const undertaker = await getOrganization(act.tx, record.organization)
  const project = await getProject(act.tx, record.project)
  const { publicUrl } = act.platform
  const content: rules.DocumentContent = {
    format: 1,
    id,
    kind: occasion.kind,
    contract: record.id,
    number: shownNumber(record),
    title: record.title,
    date: today(occasion.round),
    project: { number: project.number, title: project.title },
    place: fullDivisionName(record.division),
    purchaser: purchaserOf(act, record.division),
    undertaker: { name: undertaker.name, uscc: undertaker.uscc },
    verifyAt: publicUrl === undefined ? undefined : new URL('/contracts/verify', publicUrl).href,
    previous,
    terms: rules.termsOf(
      after,
      new Map([...workers].map(([key, worker]) => [key, { name: worker.maskedName, level: worker.level }])),
    ),
    change,
  }
  const dataSha256 = sha256Of(rules.canonicalOf(content))
  const paper = paperOf(content, rules.markOf(id, dataSha256))
  const pdf = await drawPdf(paper)
  const keep = async (name: string, bytes: Buffer) =>
    granted(await act.platform.files.put(act.tx, { jurisdiction, owner: 'system:contracts', name, bytes }))
  const file = await keep(`${paper.number}.pdf`, pdf)
  const copy = await keep(`${paper.number}（可编辑副本）.docx`, await writeDocx(paper, copyNotice))
  granted(
    await act.platform.files.attach(act.tx, 'system:contracts', [file.id, copy.id], {
      kind: 'contract-paper',
      id: record.id,
    }),
  )
  const document: rules.ContractDocument = {
    id,
    contract: record.id,
    position: (before.at(-1)?.position ?? 0) + 1,
    kind: occasion.kind,
    amendment: occasion.amendment?.id,
    round: occasion.round,
    ...checksumsOf(pdf),
    dataSha256,
    previous: previous?.sha256,
    content,
    file: file.id,
    copy: copy.id,
  }
  await store.insertDocument(act.tx, document, act.now)
  act.record({
    name: 'contracts.issueDocument',
    of: { kind: 'contract-document', id },
    division: record.division,
    organization: record.organization,
    data: {
      contract: record.id,
      kind: document.kind,
      position: document.position,
      sha256: document.sha256,
      sm3: document.sm3,
      data: dataSha256,
    },
  })
}

/** What a document follows on: the newest one in force; of a contract that has none, the paper that was signed. */
function previousOf(
  record: Contract,
  documents: readonly rules.ContractDocument[],
  amendments: readonly Amendment[],
): Occasion['previous'] {
  const last = documents.findLast((each) => rules.documentState(record, each, amendments) === 'in-force')
  if (last !== undefined) return { sha256: last.sha256, sm3: last.sm3 }
  const paper = record.signatures.purchaser?.sha256
  return paper === undefined ? undefined : { sha256: paper, sm3: '—' }
}

/** Once for each signing: a contract that was sent back meanwhile, or has its document, is left alone. */
export async function issueContractDocument(act: Act, id: string): Promise<void> {
  const record = await findContractForUpdate(act.tx, id)
  if (record === undefined || (record.state !== 'signing' && record.state !== 'active')) return
  const round = rules.signingRound(record)
  const documents = await store.listDocuments(act.tx, id)
  if (round === undefined || rules.documentOfSigning(record, documents) !== undefined) return
  await make(act, record, { kind: 'contract', round, after: record }, documents)
}

/** Once for each amendment that still waits for an answer. */
export async function issueAmendmentDocument(act: Act, id: string, amendmentId: string): Promise<void> {
  const record = await findContractForUpdate(act.tx, id)
  const amendment = record === undefined ? undefined : await findAmendment(act.tx, id, amendmentId)
  if (record === undefined || amendment === undefined || amendment.state !== 'proposed') return
  const documents = await store.listDocuments(act.tx, id)
  if (documents.some((each) => each.amendment === amendment.id)) return
  const after = agreed(record, amendment)
  const amendments = await listAmendments(act.tx, id)
  const previous = previousOf(record, documents, amendments)
  if (!after.ok || previous === undefined) return
  const number = amendments.findIndex((each) => each.id === amendment.id) + 1
  const change = rules.changeOf(record, amendment, number)
  await make(
    act,
    record,
    { kind: 'amendment', round: amendment.at, after: after.value, amendment, change, previous },
    documents,
  )
}

export function signatureView(
  document: rules.ContractDocument,
  signature: rules.DocumentSignature,
  by: string | undefined,
): View['signatures'][number] {
  return {
    party: signature.party,
    kind: signature.kind,
    at: signature.at,
    publicKey: signature.publicKey,
    fingerprint: signature.fingerprint,
    signature: signature.signature,
    message: signingMessage({ ...document, number: document.content.number }, signature.party, signature.fingerprint),
    by,
  }
}

/** `full`: for the parties and who supervises them; then `names` tells who signed. */
export function documentView(
  record: Contract,
  document: rules.ContractDocument,
  amendments: readonly Amendment[],
  signatures: readonly rules.DocumentSignature[],
  names: ReadonlyMap<string, { readonly officialName?: string; readonly maskedName: string }> | undefined,
): View {
  const own = signatures.filter((each) => each.document === document.id)
  return {
    id: document.id,
    kind: document.kind,
    position: document.position,
    state: rules.documentState(record, document, amendments),
    signedByKey: own.length === parties.length,
    amendment: document.amendment,
    date: document.content.date,
    sha256: document.sha256,
    sm3: document.sm3,
    file: names === undefined ? undefined : document.file,
    copy: names === undefined ? undefined : document.copy,
    signatures: own.map((each) => {
      const signer = names?.get(each.person)
      return signatureView(document, each, signer?.officialName ?? signer?.maskedName)
    }),
  }
}

export const listContractDocuments = question(contract.listContractDocuments, async (ask, { params }) => {
  const record = await findContract(ask.tx, params.id)
  if (record === undefined || !mayRead(record, ask.actor)) return absent()
  const documents = await store.listDocuments(ask.tx, record.id)
  const amendments = await listAmendments(ask.tx, record.id)
  const signatures = await store.listSignatures(
    ask.tx,
    documents.map((each) => each.id),
  )
  const full = mayReadAll(record, ask.actor)
  const names = full ? await listPeople(ask.tx, [...new Set(signatures.map((each) => each.person))]) : undefined
  const shown = full
    ? documents
    : documents.filter((each) => rules.documentState(record, each, amendments) === 'in-force')
  return allow({
    documents: shown.map((each) => documentView(record, each, amendments, signatures, names)),
    party: partyOf(record, ask.actor, 'contracts.signContract'),
  })
})
