// SM3 of UTF-8 text as hex, as the server hands it to the rules of draws.
import { createHash } from 'node:crypto'

export const sm3 = (text: string): string => createHash('sm3').update(text, 'utf8').digest('hex')
