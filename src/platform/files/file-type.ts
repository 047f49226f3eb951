// What kind of file some bytes are, judged by the bytes alone; names and declared types are not believed.

export type FileType =
  | 'image/png'
  | 'image/jpeg'
  | 'image/webp'
  | 'application/pdf'
  | 'text/plain'
  | 'text/csv'
  | typeof docx
  | typeof xlsx

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The ending that a stored file's name gets. */
export const endings: Readonly<Record<FileType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/csv': 'csv',
  [docx]: 'docx',
  [xlsx]: 'xlsx',
}

/** Most entries of an office file that are looked at; real ones have some dozen. */
const mostEntries = 5000

const starts = (bytes: Buffer, hex: string, at = 0) => bytes.subarray(at, at + hex.length / 2).toString('hex') === hex

/** The type, or undefined when it is none of those we keep (macros in an office file make it one of those). */
export function fileTypeOf(bytes: Buffer, name: string): FileType | undefined {
  if (starts(bytes, '89504e470d0a1a0a')) return 'image/png'
  if (starts(bytes, 'ffd8ff')) return 'image/jpeg'
  if (starts(bytes, '52494646') && starts(bytes, '57454250', 8)) return 'image/webp'
  if (starts(bytes, '255044462d')) return 'application/pdf'
  if (starts(bytes, '504b0304')) return officeTypeOf(bytes)
  const isCsv = name.toLowerCase().endsWith('.csv')
  if (!isText(bytes, 'utf-8')) return isCsv && isText(bytes, 'gb18030') ? 'text/csv' : undefined
  return isCsv ? 'text/csv' : 'text/plain'
}

/** A table as UTF-8, however it came: Chinese spreadsheets still save CSV as GB18030. */
export function inUtf8(bytes: Buffer): Buffer {
  return isText(bytes, 'utf-8') ? bytes : Buffer.from(new TextDecoder('gb18030').decode(bytes), 'utf8')
}

/** Whether the type is an image that is drawn anew before it is kept. */
export function isImage(type: FileType): type is 'image/png' | 'image/jpeg' | 'image/webp' {
  return type.startsWith('image/')
}

function isText(bytes: Buffer, encoding: 'utf-8' | 'gb18030'): boolean {
  if (bytes.length === 0) return false
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // Control characters beside tab and line ends do not occur in text that people write.
    return !/[^\P{Cc}\t\r\n\u0080-\u009f]/u.test(text)
  } catch {
    return false
  }
}

function officeTypeOf(bytes: Buffer): FileType | undefined {
  const names = zipNames(bytes)
  if (names === undefined || !names.has('[Content_Types].xml')) return undefined
  if ([...names].some((name) => /vbaProject|activeX|macrosheets|oleObject/i.test(name))) return undefined
  if (names.has('word/document.xml')) return docx
  if (names.has('xl/workbook.xml')) return xlsx
  return undefined
}

/** The names in a zip file's central directory; nothing is unpacked. */
function zipNames(bytes: Buffer): Set<string> | undefined {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0 || end + 22 > bytes.length) return undefined
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  const names = new Set<string>()
  if (count > mostEntries) return undefined
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || !starts(bytes, '504b0102', at)) return undefined
    const length = bytes.readUInt16LE(at + 28)
    names.add(bytes.subarray(at + 46, at + 46 + length).toString('utf8'))
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return names
}

const longestName = 100

/** A name fit to be shown and saved: last part of a path, no control or direction signs, at most 100 characters, ending as its type demands. */
export function plainName(name: string, type: FileType): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replaceAll(/[\p{C}<>:"|?*]/gu, '')
    .trim()
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/^\.+/, '')
  return `${[...(clean === '' ? '附件' : clean)].slice(0, longestName).join('')}.${endings[type]}`
}
