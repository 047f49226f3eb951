// The official schemas of OCDS 1.1.5 as validators, and the official samples.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import AjvDraft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'

const folder = join(import.meta.dirname, 'ocds')
const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'))

export type Release = {
  readonly ocid: string
  readonly id: string
  readonly date: string
  readonly tag: readonly string[]
  readonly parties: readonly {
    id: string
    name: string
    roles: string[]
    identifier?: { scheme: string; id: string }
  }[]
  readonly buyer: { id: string }
  readonly planning?: { rationale: string; budget: { amount: Value }; documents: { id: string; url: string }[] }
  readonly tender?: Tender
  readonly awards?: readonly Award[]
  readonly contracts?: readonly Contract[]
  readonly relatedProcesses?: readonly { relationship: string[]; scheme: string; identifier: string }[]
}
export type Value = { readonly amount: number; readonly currency: string }
export type Tender = {
  readonly id: string
  readonly status?: string
  readonly title?: string
  readonly description?: string
  readonly hasEnquiries?: boolean
  readonly documents?: readonly { id: string; documentType: string }[]
  readonly value?: Value
  readonly items?: readonly { classification: { scheme: string; id: string; description: string } }[]
  readonly tenderPeriod?: { startDate?: string; endDate?: string }
  readonly numberOfTenderers?: number
  readonly tenderers?: readonly { id: string }[]
  readonly amendments?: readonly Amendment[]
}
export type Award = {
  readonly id: string
  readonly status: string
  readonly value?: Value
  readonly suppliers?: readonly { id: string; name: string }[]
}
export type Amendment = {
  readonly id: string
  readonly description?: string
  readonly rationale?: string
  readonly amendsReleaseID?: string
  readonly releaseID: string
}
export type Contract = {
  readonly id: string
  readonly awardID: string
  readonly status?: string
  readonly value?: Value
  readonly period?: { startDate?: string; endDate?: string }
  readonly dateSigned?: string
  readonly amendments?: readonly Amendment[]
  readonly implementation?: {
    readonly milestones?: readonly { id: string; title: string; status: string; dueDate?: string; dateMet?: string }[]
    readonly transactions?: readonly {
      id: string
      date: string
      value: Value
      payer: { id: string }
      payee: { id: string }
    }[]
  }
}
export type ReleasePackage = { readonly releases: readonly Release[]; readonly links?: { next: string } }
export type OcdsRecord = {
  readonly ocid: string
  readonly releases: readonly Release[]
  readonly compiledRelease: Release
}

const ajv = new AjvDraft04.default({ strict: false, allErrors: true })
addFormats.default(ajv)
// Registered by the addresses under which the package schemas refer to them.
ajv.addSchema(read('schema/release-schema.json'))
ajv.addSchema(read('schema/versioned-release-validation-schema.json'))
const validators = {
  release: ajv.compile(read('schema/release-package-schema.json')),
  record: ajv.compile(read('schema/record-package-schema.json')),
}

/** What the official schema finds wrong with a package; empty when it is valid. */
export function faultsOf(kind: 'release' | 'record', content: unknown): string[] {
  const validate = validators[kind]
  return validate(content)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** The official fictional example: its release packages in their order, and its record package. */
export const samples = {
  packages: readdirSync(join(folder, 'samples'))
    .filter((name) => /-\d\d-\w+\.json$/.test(name))
    .sort()
    .map((name) => read(`samples/${name}`) as ReleasePackage),
  record: read('samples/record.json') as { readonly records: readonly OcdsRecord[] },
}
