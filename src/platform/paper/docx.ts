// Writes a paper as DOCX, for working on: each page says that it is not the text that is signed.
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Paper, PaperBlock } from '../../kit/paper.ts'

const font = { ascii: 'Noto Sans SC', hAnsi: 'Noto Sans SC', eastAsia: '宋体' }
/** Half points. */
const size = 21
const alignments = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER } as const

function lines(text: string, strong = false, align: keyof typeof alignments = 'left'): Paragraph[] {
  return text.split('\n').map(
    (line) =>
      new Paragraph({
        alignment: alignments[align],
        spacing: { after: 100, line: 340 },
        children: [new TextRun({ text: line, font, size, bold: strong })],
      }),
  )
}

function cells(texts: readonly string[], widths: readonly number[], strong = false): TableRow {
  return new TableRow({
    tableHeader: strong,
    children: texts.map(
      (text, index) =>
        new TableCell({
          width: { size: widths[index] ?? 0, type: WidthType.PERCENTAGE },
          children: lines(text, strong),
        }),
    ),
  })
}

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[], parts: readonly number[]): Table {
  const whole = parts.reduce((sum, part) => sum + part, 0)
  const widths = parts.map((part) => Math.round((part / whole) * 100))
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [...(heads.length > 0 ? [cells(heads, widths, true)] : []), ...rows.map((texts) => cells(texts, widths))],
  })
}

function blockOf(part: PaperBlock): (Paragraph | Table)[] {
  switch (part.kind) {
    case 'title':
      return [
        new Paragraph({
          heading: HeadingLevel.TITLE,
          alignment: AlignmentType.CENTER,
          spacing: { after: 240 },
          children: [new TextRun({ text: part.text, font, size: 36, bold: true })],
        }),
      ]
    case 'heading':
      return [
        new Paragraph({
          heading: HeadingLevel.HEADING_1,
          spacing: { before: 200, after: 100 },
          children: [new TextRun({ text: part.text, font, size: 24, bold: true, color: '000000' })],
        }),
      ]
    case 'text':
      return lines(part.text, part.strong)
    case 'note':
      return lines(part.text)
    case 'facts':
      return [tableOf([], part.rows, [1, 3]), new Paragraph('')]
    case 'table':
      return [
        tableOf(
          part.columns.map((column) => column.title),
          part.rows,
          part.columns.map((column) => column.width),
        ),
        new Paragraph(''),
      ]
    case 'code':
      return part.lines.flatMap((line) => lines(line))
    case 'signatures':
      return [
        new Paragraph({ children: [new PageBreak()] }),
        ...lines(part.heading, true),
        ...lines(part.note),
        ...part.parties.flatMap((party) => [...lines(party.name, true), ...party.lines.flatMap((line) => lines(line))]),
      ]
  }
}

/** The bytes of an editable copy; `notice` stands at the head of each page. */
export async function writeDocx(paper: Paper, notice: string): Promise<Buffer> {
  const centred = (children: TextRun[]) => new Paragraph({ alignment: AlignmentType.CENTER, children })
  const document = new Document({
    title: `${paper.number} ${paper.title}`,
    creator: 'Liandong',
    description: notice,
    sections: [
      {
        headers: {
          default: new Header({
            children: [centred([new TextRun({ text: notice, font, size: 18, bold: true, color: '9A3412' })])],
          }),
        },
        footers: {
          default: new Footer({
            children: [
              centred([
                new TextRun({
                  font,
                  size: 17,
                  children: [`${paper.number}  第 `, PageNumber.CURRENT, ' 页，共 ', PageNumber.TOTAL_PAGES, ' 页'],
                }),
              ]),
            ],
          }),
        },
        children: paper.blocks.flatMap(blockOf),
      },
    ],
  })
  return Packer.toBuffer(document)
}
