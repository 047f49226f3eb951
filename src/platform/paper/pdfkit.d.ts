// The part of pdfkit that we use: the package brings no types of its own.
declare module 'pdfkit' {
  import type { Readable } from 'node:stream'

  type Options = {
    readonly size?: string
    readonly margins?: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }
    readonly compress?: boolean
    readonly bufferPages?: boolean
    readonly pdfVersion?: string
    readonly lang?: string
    readonly info?: Readonly<Record<string, string | Date>>
  }
  type TextOptions = {
    readonly width?: number
    readonly align?: 'left' | 'right' | 'center' | 'justify'
    readonly lineGap?: number
    readonly indent?: number
    readonly lineBreak?: boolean
  }

  export default class PDFDocument extends Readable {
    constructor(options: Options)
    x: number
    y: number
    readonly page: { readonly width: number; readonly height: number; margins: { bottom: number } }
    /** The font that is set; ours is an OpenType font read by fontkit. */
    readonly _font: { readonly font: { hasGlyphForCodePoint(point: number): boolean } }
    registerFont(name: string, source: Buffer): this
    font(name: string): this
    fontSize(size: number): this
    fillColor(color: string): this
    strokeColor(color: string): this
    lineWidth(width: number): this
    text(text: string, x?: number, y?: number, options?: TextOptions): this
    heightOfString(text: string, options?: TextOptions): number
    addPage(): this
    bufferedPageRange(): { readonly start: number; readonly count: number }
    switchToPage(index: number): this
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    rect(x: number, y: number, width: number, height: number): this
    stroke(): this
    fill(color?: string): this
    end(): void
  }
}
