// Needs: importing a community's old records or a hotline's list from CSV or Excel: preview, import, bad rows back, template.
import { z } from 'zod'
import { endpoint } from '../../../kit/endpoint.ts'
import { divisionCode, idOf } from '../../../kit/id.ts'
import { listQuery, pageOf } from '../../../kit/listing.ts'
import { plainDate } from '../../../kit/plain-date.ts'

/** Rows of one file at most: what one act imports. */
export const mostImportRows = 2000

/** The columns of a file, in the order of the template; the words of `fields` and `importNames` name them in files. */
export const importColumns = [
  'sourceNumber',
  'said',
  'title',
  'category',
  'place',
  'name',
  'phone',
  'forWhom',
  'urgency',
  'visibility',
  'firstRaised',
] as const
export type ImportColumn = (typeof importColumns)[number]

export const requiredColumns: readonly ImportColumn[] = ['said', 'category', 'name', 'phone']

/** A new row becomes a need; a known one is a need already; a bad one comes back. */
export const importRowStates = ['new', 'known', 'bad'] as const

const source = z.object({
  /** The community to which all rows belong. */
  division: divisionCode,
  file: idOf('file'),
})

const fileRefusals = [
  'file-unknown',
  'not-a-table',
  'table-unreadable',
  'table-too-long',
  'table-empty',
  'columns-missing',
]
const counts = { fresh: z.number().int(), known: z.number().int(), bad: z.number().int() }

/** A row as the file has it. Only its uploader reads it. */
const fileRow = z.object({
  sourceNumber: z.string(),
  said: z.string(),
  title: z.string(),
  category: z.string(),
  place: z.string(),
  name: z.string(),
  phone: z.string(),
  forWhom: z.string(),
  urgency: z.string(),
  visibility: z.string(),
  firstRaised: z.string(),
})

export const previewNeedImport = endpoint({
  name: 'previewNeedImport',
  method: 'POST',
  path: '/needs/imports/preview',
  access: 'needs.importNeeds',
  body: source,
  output: z.object({
    ...counts,
    /** Heads of columns that nothing is read from. */
    ignored: z.array(z.string()),
    rows: z
      .array(
        z.object({
          line: z.number().int(),
          state: z.enum(importRowStates),
          sourceNumber: z.string(),
          title: z.string(),
          category: z.string().optional(),
          private: z.boolean(),
          maskedName: z.string(),
          maskedPhone: z.string(),
          /** When it was first raised elsewhere, where the file says so and it can be read. */
          firstRaised: plainDate.optional(),
          faults: z.array(z.object({ column: z.enum(importColumns), message: z.string() })),
        }),
      )
      .max(mostImportRows),
  }),
  refusals: fileRefusals,
  summary: 'What each row of an uploaded file would become, with every faulty field of the bad ones.',
})

export const importNeeds = endpoint({
  name: 'importNeeds',
  method: 'POST',
  path: '/needs/imports',
  access: 'needs.importNeeds',
  body: source,
  output: z.object({ id: z.string(), ...counts }),
  refusals: [...fileRefusals, 'nothing-to-import', 'import-again'],
  summary: 'Imports the good rows of an uploaded file in one act; each resident is told.',
})

/** Its export is the file with the bad rows and the column that says why. */
export const listBadImportRows = endpoint({
  name: 'listBadImportRows',
  method: 'GET',
  path: '/needs/imports/bad-rows',
  access: 'needs.importNeeds',
  query: listQuery(['line'], { division: divisionCode, file: idOf('file') }),
  output: pageOf(fileRow.extend({ why: z.string() })),
  refusals: fileRefusals,
  exportable: true,
  summary: 'The bad rows of a file that I uploaded, with what is wrong.',
})

/** Its export is the template: the heads and one row as an example, which an import passes over. */
export const listImportExample = endpoint({
  name: 'listImportExample',
  method: 'GET',
  path: '/needs/imports/template',
  access: 'needs.importNeeds',
  query: listQuery(['line'], {}),
  output: pageOf(fileRow),
  refusals: [],
  exportable: true,
  summary: 'The columns of an import with an example.',
})
