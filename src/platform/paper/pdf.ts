// Draws a paper as PDF: A4, Chinese glyphs embedded with the text behind them, page numbers; the same paper gives the same bytes.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import PDFDocument from 'pdfkit'
import type { Paper, PaperBlock, PaperColumn } from '../../kit/paper.ts'

const margin = 62
const width = 595.28 - 2 * margin
/** Lowest line of the text; the page number stands below. */
const bottom = 841.89 - 70
const lineGap = 4.5
const body = 10.5
const cell = { pad: 5, size: 9.5 } as const

type Fonts = { readonly regular: Buffer; readonly bold: Buffer }
let fonts: Fonts | undefined

/** Noto Sans Hans of the package that also gives the tests their glyphs; read once. */
function fontFiles(): Fonts {
  if (fonts === undefined) {
    const folder = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts')
    fonts = {
      regular: readFileSync(join(folder, 'NotoSansHans-Regular.otf')),
      bold: readFileSync(join(folder, 'NotoSansHans-Bold.otf')),
    }
  }
  return fonts
}

type Page = {
  readonly pdf: PDFDocument
  readonly shown: (text: string) => string
}

/** What the font cannot draw is marked with its code point: nothing of a contract may vanish silently. */
function shownWith(pdf: PDFDocument): (text: string) => string {
  const { font } = pdf.font('regular')._font
  return (text) =>
    [...text.replaceAll('\r', '')]
      .map((sign) => {
        const point = sign.codePointAt(0) ?? 0
        if (sign === '\n' || font.hasGlyphForCodePoint(point)) return sign
        return sign === '\t' ? ' ' : `〓（U+${point.toString(16).toUpperCase().padStart(4, '0')}）`
      })
      .join('')
}

/** A new page where less than `height` points are left. */
function room({ pdf }: Page, height: number): void {
  if (pdf.y + height > bottom) pdf.addPage()
}

function paragraph(page: Page, text: string, style: { font?: string; size?: number; gap?: number } = {}): void {
  const { pdf, shown } = page
  room(page, 2 * body)
  pdf
    .font(style.font ?? 'regular')
    .fontSize(style.size ?? body)
    .text(shown(text), margin, pdf.y, { width, lineGap })
  pdf.y += style.gap ?? 5
}

/** One row at the present height; columns by their share of the width. */
function row(page: Page, columns: readonly PaperColumn[], texts: readonly string[], head: boolean): void {
  const { pdf, shown } = page
  const whole = columns.reduce((sum, column) => sum + column.width, 0)
  const widths = columns.map((column) => (column.width / whole) * width)
  pdf.font(head ? 'bold' : 'regular').fontSize(cell.size)
  const inner = (index: number) => (widths[index] ?? 0) - 2 * cell.pad
  const heights = columns.map((_column, index) =>
    pdf.heightOfString(shown(texts[index] ?? ''), { width: inner(index), lineGap: 3 }),
  )
  const height = Math.max(...heights) + 2 * cell.pad
  if (!head && pdf.y + height > bottom) {
    pdf.addPage()
    row(
      page,
      columns,
      columns.map((column) => column.title),
      true,
    )
    pdf.font('regular').fontSize(cell.size)
  }
  const top = pdf.y
  let left = margin
  columns.forEach((column, index) => {
    const own = widths[index] ?? 0
    if (head) pdf.rect(left, top, own, height).fill('#f1f5f4').fillColor('#000000')
    pdf.lineWidth(0.5).strokeColor('#8a9a97').rect(left, top, own, height).stroke()
    pdf.text(shown(texts[index] ?? ''), left + cell.pad, top + cell.pad, {
      width: inner(index),
      align: column.align ?? 'left',
      lineGap: 3,
    })
    left += own
  })
  pdf.y = top + height
}

function table(page: Page, block: PaperBlock & { kind: 'table' }): void {
  room(page, 60)
  row(
    page,
    block.columns,
    block.columns.map((column) => column.title),
    true,
  )
  for (const texts of block.rows) row(page, block.columns, texts, false)
  page.pdf.y += 10
}

function facts(page: Page, block: PaperBlock & { kind: 'facts' }): void {
  const { pdf, shown } = page
  const label = 112
  for (const [name, value] of block.rows) {
    pdf.font('regular').fontSize(body)
    room(page, pdf.heightOfString(shown(value), { width: width - label, lineGap }))
    const top = pdf.y
    pdf.font('bold').text(shown(name), margin, top, { width: label, lineGap })
    pdf.font('regular').text(shown(value), margin + label, top, { width: width - label, lineGap })
    pdf.y += 2
  }
  pdf.y += 8
}

function signatures(page: Page, block: PaperBlock & { kind: 'signatures' }): void {
  const { pdf, shown } = page
  pdf.addPage()
  paragraph(page, block.heading, { font: 'bold', size: 13, gap: 8 })
  paragraph(page, block.note, { gap: 24 })
  const half = (width - 30) / 2
  const top = pdf.y
  block.parties.forEach((party, index) => {
    const left = margin + index * (half + 30)
    pdf.font('bold').fontSize(body).text(shown(party.name), left, top, { width: half, lineGap })
    for (const line of party.lines) {
      pdf.font('regular').text(shown(line), left, pdf.y + 20, { width: half, lineGap })
      const under = pdf.y + 26
      pdf
        .lineWidth(0.5)
        .strokeColor('#8a9a97')
        .moveTo(left, under)
        .lineTo(left + half, under)
        .stroke()
      pdf.y = under
    }
  })
}

function block(page: Page, part: PaperBlock): void {
  const { pdf, shown } = page
  switch (part.kind) {
    case 'title':
      pdf
        .font('bold')
        .fontSize(19)
        .text(shown(part.text), margin, pdf.y + 8, { width, align: 'center', lineGap: 6 })
      pdf.y += 16
      return
    case 'heading':
      room(page, 60)
      pdf.y += 6
      paragraph(page, part.text, { font: 'bold', size: 12 })
      return
    case 'text':
      // A strong line heads what follows: it does not stand alone at the foot of a page.
      if (part.strong) room(page, 60)
      paragraph(page, part.text, { font: part.strong ? 'bold' : 'regular' })
      return
    case 'note':
      paragraph(page, part.text, { size: 8.5 })
      return
    case 'facts':
      facts(page, part)
      return
    case 'table':
      table(page, part)
      return
    case 'signatures':
      signatures(page, part)
      return
  }
}

function numberPages({ pdf, shown }: Page, paper: Paper): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    pdf.switchToPage(index)
    // The foot lies inside the margin, where text would otherwise open a new page.
    pdf.page.margins.bottom = 0
    pdf.font('regular').fontSize(8.5).fillColor('#4b5654')
    pdf.text(shown(paper.number), margin, 841.89 - 48, { width, lineBreak: false })
    pdf.text(`第 ${index - start + 1} 页，共 ${count} 页`, margin, 841.89 - 48, {
      width,
      align: 'right',
      lineBreak: false,
    })
    pdf.fillColor('#000000')
  }
}

/**
 * The bytes of a PDF 1.7. They depend on the paper, this program and its font alone: the date is the paper's, nothing is compressed (deflate
 * differs between machines and versions), no random id. Takes a fifth of a second of one core.
 */
export async function drawPdf(paper: Paper): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: margin, bottom: 70, left: margin, right: margin },
    compress: false,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    info: {
      Title: `${paper.number} ${paper.title}`,
      Keywords: paper.mark,
      Producer: 'Liandong',
      Creator: 'Liandong',
      CreationDate: new Date(`${paper.date}T00:00:00+08:00`),
    },
  })
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve, reject) => pdf.once('end', resolve).once('error', reject))
  pdf.registerFont('regular', fontFiles().regular).registerFont('bold', fontFiles().bold)
  const page: Page = { pdf, shown: shownWith(pdf) }
  for (const part of paper.blocks) block(page, part)
  numberPages(page, paper)
  pdf.end()
  await ended
  return Buffer.concat(chunks)
}
