// The smoke run's contract: its document signed by both parties with keys of their own (Ed25519 and SM2), and an amendment of it likewise.
import { generateKeyPairSync, sign } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import type { Cast, Player, Teller } from '../../src/app/demo/story.ts'
import type { Narrator } from '../../src/app/demo/thread-start.ts'
import { addDays, plainDateOf } from '../../src/kit/plain-date.ts'
import { proposeAmendment } from '../../src/loop/contracts/contract/changes.ts'
import * as documents from '../../src/loop/contracts/contract/documents.ts'
import { getContract, type Party } from '../../src/loop/contracts/contract.ts'
import { keyMessage, signingMessage } from '../../src/loop/contracts/rules/signing.ts'
import { sha256Of } from '../../src/platform/crypto/signatures.ts'

/** A person with a signing key whose private half stays here, as it would stay in the browser. */
type Signer = {
  readonly player: Player
  readonly party: Party
  readonly key: string
  readonly publicKey: string
  readonly sign: (message: string) => string
}

function makeHalf(kind: 'ed25519' | 'sm2'): Pick<Signer, 'publicKey' | 'sign'> {
  if (kind === 'sm2') {
    const { privateKey, publicKey } = sm2.generateKeyPairHex()
    return { publicKey, sign: (message) => sm2.doSignature(message, privateKey, { hash: true }) }
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'),
    sign: (message) => sign(null, Buffer.from(message), privateKey).toString('hex'),
  }
}

/** Makes a key and puts its public half on record, with the second factor. */
async function signerOf(teller: Teller, player: Player, party: Party, kind: 'ed25519' | 'sm2'): Promise<Signer> {
  const half = makeHalf(kind)
  await teller.confirm(player)
  const { id } = await teller.act(player, documents.addSigningKey, {
    body: {
      kind,
      publicKey: half.publicKey,
      label: '办公室电脑',
      proof: half.sign(keyMessage(player.person, half.publicKey)),
    },
  })
  return { player, party, key: id, ...half }
}

/** The document that waits for signatures; it is generated after the act that asks for it, a moment later. */
async function openDocument(teller: Teller, contract: string, who: Player) {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const { documents: all } = await teller.act(who, documents.listContractDocuments, { params: { id: contract } })
    const document = all.find((each) => each.state === 'open')
    if (document !== undefined) return document
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('no document of the contract waits for signatures')
}

/** Signs the document that waits for it; answers what is sent. */
async function signNewest(
  teller: Teller,
  contract: string,
  number: string,
  { player, party, key, publicKey, sign: signWith }: Signer,
) {
  const document = await openDocument(teller, contract, player)
  await teller.confirm(player)
  return {
    document: document.id,
    sha256: document.sha256,
    signingKey: key,
    signature: signWith(signingMessage({ ...document, number }, party, sha256Of(publicKey))),
  }
}

/** Both parties sign the contract, later an amendment; each document verifies by its hash. */
export async function signAndAmend(
  teller: Teller,
  cast: Cast,
  winner: Cast['bidders'][number],
  drafted: { id: string; number: string },
  tell: Narrator,
): Promise<void> {
  const params = { id: drafted.id }
  const undertaker = await signerOf(teller, winner.administrator, 'organization', 'ed25519')
  const purchaser = await signerOf(teller, cast.procurer, 'purchaser', 'sm2')
  for (const signer of [undertaker, purchaser]) {
    const body = await signNewest(teller, drafted.id, drafted.number, signer)
    await teller.act(signer.player, documents.signContract, { params, body })
    tell(signer === undertaker ? '承接方用密钥签署' : '街道用密钥签署，合同生效，资金冻结', signer.player)
  }
  const { end } = await teller.act(cast.procurer, getContract, { params })
  await teller.act(winner.administrator, proposeAmendment, {
    params,
    body: { words: '居民希望服务多延续一个月，双方同意顺延。', end: addDays(plainDateOf(end), 30), dues: [] },
  })
  tell('承接方提出变更', winner.administrator)
  const { amendments } = await teller.act(cast.procurer, getContract, { params })
  const amendment = amendments.find((each) => each.state === 'proposed')
  if (amendment === undefined) throw new Error('the amendment is not on record')
  for (const signer of [undertaker, purchaser]) {
    const body = await signNewest(teller, drafted.id, drafted.number, signer)
    await teller.act(signer.player, documents.signAmendment, { params: { ...params, amendment: amendment.id }, body })
    tell('签署变更协议', signer.player)
  }
  const { documents: all } = await teller.act(cast.procurer, documents.listContractDocuments, { params })
  for (const { sha256 } of all) {
    const found = await teller.act(cast.resident, documents.verifyContractDocument, { query: { sha256 } })
    if (!found.sound) throw new Error(`a document of the contract does not verify: ${found.result}`)
  }
  tell(`核验 ${all.length} 份文件`, cast.resident)
}
