// Draws a paper as PDF: A4, Chinese glyphs embedded with the text behind them, page numbers; the same paper gives the same bytes.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import PDFDocument from 'pdfkit'
import { create as createCode } from 'qrcode'
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
  /** 1, or less where a sheet must fit on one page: letters, lines and gaps alike. */
  readonly scale: number
  /** Between lines, beyond what the font itself leaves. */
  readonly gap: number
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
  const { pdf, shown, scale, gap } = page
  room(page, 2 * body * scale)
  pdf
    .font(style.font ?? 'regular')
    .fontSize((style.size ?? body) * scale)
    .text(shown(text), margin, pdf.y, { width, lineGap: gap })
  pdf.y += (style.gap ?? 5) * scale
}

/** One row at the present height; columns by their share of the width. */
function row(page: Page, columns: readonly PaperColumn[], texts: readonly string[], head: boolean): void {
  const { pdf, shown, scale } = page
  const pad = cell.pad * scale
  const whole = columns.reduce((sum, column) => sum + column.width, 0)
  const widths = columns.map((column) => (column.width / whole) * width)
  pdf.font(head ? 'bold' : 'regular').fontSize(cell.size * scale)
  const inner = (index: number) => (widths[index] ?? 0) - 2 * pad
  const heights = columns.map((_column, index) =>
    pdf.heightOfString(shown(texts[index] ?? ''), { width: inner(index), lineGap: 3 * scale }),
  )
  const height = Math.max(...heights) + 2 * pad
  if (!head && pdf.y + height > bottom) {
    pdf.addPage()
    row(
      page,
      columns,
      columns.map((column) => column.title),
      true,
    )
    pdf.font('regular').fontSize(cell.size * scale)
  }
  const top = pdf.y
  let left = margin
  columns.forEach((column, index) => {
    const own = widths[index] ?? 0
    if (head) pdf.rect(left, top, own, height).fill('#f1f5f4').fillColor('#000000')
    pdf.lineWidth(0.5).strokeColor('#8a9a97').rect(left, top, own, height).stroke()
    pdf.text(shown(texts[index] ?? ''), left + pad, top + pad, {
      width: inner(index),
      align: column.align ?? 'left',
      lineGap: 3 * scale,
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
  page.pdf.y += 10 * page.scale
}

function facts(page: Page, block: PaperBlock & { kind: 'facts' }): void {
  const { pdf, shown, scale, gap } = page
  const label = 112 * scale
  for (const [name, value] of block.rows) {
    pdf.font('regular').fontSize(body * scale)
    room(page, pdf.heightOfString(shown(value), { width: width - label, lineGap: gap }))
    const top = pdf.y
    pdf.font('bold').text(shown(name), margin, top, { width: label, lineGap: gap })
    pdf.font('regular').text(shown(value), margin + label, top, { width: width - label, lineGap: gap })
    pdf.y += 2 * scale
  }
  pdf.y += 8 * scale
}

/** Side of a QR code with its lines at the right; black on white, so that a copy of a copy is still read. */
const codeSide = 88

function code(page: Page, block: PaperBlock & { kind: 'code' }): void {
  const { pdf, shown, scale } = page
  const side = codeSide * Math.min(1, Math.max(scale, 0.85))
  room(page, side + 8)
  const top = pdf.y + 6 * scale
  const { modules } = createCode(block.address, { errorCorrectionLevel: 'M' })
  const unit = side / modules.size
  for (let line = 0; line < modules.size; line += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(line, column)) pdf.rect(margin + column * unit, top + line * unit, unit, unit)
  pdf.fill('#000000')
  const left = margin + side + 16
  pdf.font('regular').fontSize(9 * scale)
  pdf.y = top
  for (const line of block.lines) {
    pdf.text(shown(line), left, pdf.y, { width: margin + width - left, lineGap: 3.5 * scale })
    pdf.y += 4 * scale
  }
  pdf.y = Math.max(pdf.y, top + side)
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
  const { pdf, shown, scale } = page
  switch (part.kind) {
    case 'title':
      pdf
        .font('bold')
        .fontSize(19 * scale)
        .text(shown(part.text), margin, pdf.y + 8 * scale, { width, align: 'center', lineGap: 6 * scale })
      pdf.y += 16 * scale
      return
    case 'heading':
      room(page, 60 * scale)
      pdf.y += 6 * scale
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
    case 'code':
      code(page, part)
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
  for (const scale of paper.sheet === true ? sheetScales : []) {
    const { bytes, pages } = await drawAt(paper, scale)
    if (pages === 1) return bytes
  }
  return (await drawAt(paper, paper.sheet === true ? smallest : 1)).bytes
}

/** What a sheet is tried at: from larger than a letter, since it is read standing, down to what can still be read. */
const sheetScales = [1.2, 1.1, 1, 0.9, 0.8]
const smallest = 0.72
const sheetGap = 1.5
const sheetTop = 44

async function drawAt(paper: Paper, scale: number): Promise<{ bytes: Buffer; pages: number }> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: paper.sheet === true ? sheetTop : margin, bottom: 70, left: margin, right: margin },
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
  const page: Page = { pdf, shown: shownWith(pdf), scale, gap: (paper.sheet === true ? sheetGap : lineGap) * scale }
  for (const part of paper.blocks) block(page, part)
  const pages = pdf.bufferedPageRange().count
  numberPages(page, paper)
  pdf.end()
  await ended
  return { bytes: Buffer.concat(chunks), pages }
}
