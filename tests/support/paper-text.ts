// A paper as its reader sees it: one line for each sentence, row and column head, whatever draws it.
import type { Paper, PaperBlock } from '../../src/kit/paper.ts'

function linesOf(block: PaperBlock): string[] {
  switch (block.kind) {
    case 'title':
      return [`《${block.text}》`]
    case 'heading':
      return [`# ${block.text}`]
    case 'text':
      return [block.strong === true ? `! ${block.text}` : block.text]
    case 'note':
      return [`* ${block.text}`]
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${value}`)
    case 'table':
      return [
        block.columns.map(({ title, width, align }) => `${title} ${width} ${align ?? 'left'}`).join(' | '),
        ...block.rows.map((row) => row.join(' | ')),
      ]
    case 'code':
      return [`[${block.address}]`, ...block.lines]
    case 'signatures':
      return [`# ${block.heading}`, block.note, ...block.parties.flatMap(({ name, lines }) => [`@ ${name}`, ...lines])]
  }
}

/** The lines of the whole paper, each block in its place. */
export function paperLines(paper: Paper): string[] {
  return paper.blocks.flatMap(linesOf)
}
