// A document to be printed or signed, as blocks: what it says, apart from how PDF or DOCX draws it.
import type { PlainDate } from './plain-date.ts'

export type PaperColumn = {
  readonly title: string
  /** Part of the width, relative to the other columns. */
  readonly width: number
  readonly align?: 'left' | 'right' | 'center'
}

export type PaperBlock =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly strong?: boolean }
  /** Small print: marks, checksums. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'table'; readonly columns: readonly PaperColumn[]; readonly rows: readonly (readonly string[])[] }
  /** A QR code of an address, with lines beside it. */
  | { readonly kind: 'code'; readonly address: string; readonly lines: readonly string[] }
  /** Where people sign, on a page of its own, side by side. */
  | {
      readonly kind: 'signatures'
      readonly heading: string
      readonly note: string
      readonly parties: readonly { readonly name: string; readonly lines: readonly string[] }[]
    }

export type Paper = {
  readonly title: string
  /** Stands at the foot of each page beside the page number. */
  readonly number: string
  /** The only date that gets into the file: nothing of the moment at which it was drawn. */
  readonly date: PlainDate
  /** ASCII text by which a program recognises the file again. */
  readonly mark: string
  /** Meant for one page: everything is drawn smaller until it fits, as far as it stays legible. */
  readonly sheet?: boolean
  readonly blocks: readonly PaperBlock[]
}
