// Reads the text of our own uncompressed PDF files as a copying reader would: by each font's ToUnicode table, page by page.

type Objects = ReadonlyMap<number, string>

/** Bodies of the objects by number; streams are within. */
function objectsOf(text: string): Objects {
  const found = new Map<number, string>()
  for (const match of text.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gm)) found.set(Number(match[1]), match[2] ?? '')
  return found
}

function referred(body: string, name: string): number | undefined {
  const match = new RegExp(`/${name} (\\d+) 0 R`).exec(body)
  return match === null ? undefined : Number(match[1])
}

function streamOf(body: string): string {
  return /stream\n([\s\S]*?)\nendstream/.exec(body)?.[1] ?? ''
}

/** Text of one UTF-16BE value in hex, several code units allowed, spaces between. */
function utf16(hex: string): string {
  return (
    hex
      .replaceAll(/\s/g, '')
      .match(/.{4}/g)
      ?.map((unit) => String.fromCharCode(Number.parseInt(unit, 16)))
      .join('') ?? ''
  )
}

/** Glyph code -> text. */
function tableOf(cmap: string): Map<number, string> {
  const table = new Map<number, string>()
  for (const range of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    const first = Number.parseInt(range[1] ?? '0', 16)
    const values = [...(range[2] ?? '').matchAll(/<([0-9a-f ]*)>/g)]
    for (const [index, value] of values.entries()) table.set(first + index, utf16(value[1] ?? ''))
  }
  return table
}

/** One string per page, pieces of text by lines. Throws where a glyph has no text behind it. */
export function textOfPdf(bytes: Buffer): string[] {
  const objects = objectsOf(bytes.toString('latin1'))
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body))
  const tables = new Map<number, Map<number, string>>()
  const fontTable = (font: number): Map<number, string> => {
    const known = tables.get(font)
    if (known !== undefined) return known
    const toUnicode = referred(objects.get(font) ?? '', 'ToUnicode')
    if (toUnicode === undefined) throw new Error('a font without text behind its glyphs')
    const table = tableOf(streamOf(objects.get(toUnicode) ?? ''))
    tables.set(font, table)
    return table
  }
  return pages.map((page) => {
    const resources = objects.get(referred(page, 'Resources') ?? -1) ?? page
    const fonts = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((each) => [each[1], Number(each[2])]))
    const content = streamOf(objects.get(referred(page, 'Contents') ?? -1) ?? '')
    let table = new Map<number, string>()
    const lines: string[] = []
    for (const match of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (match[1] !== undefined) {
        table = fontTable(fonts.get(match[1]) ?? -1)
        continue
      }
      const codes = [...(match[2] ?? '').matchAll(/<([0-9a-f]*)>/g)].flatMap((piece) => piece[1]?.match(/.{4}/g) ?? [])
      lines.push(
        codes
          .map((code) => {
            const sign = table.get(Number.parseInt(code, 16))
            if (sign === undefined) throw new Error(`glyph ${code} has no text`)
            return sign
          })
          .join(''),
      )
    }
    return lines.join('\n')
  })
}
