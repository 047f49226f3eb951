// The labelled messages as the bench reads them: from the file that MESSAGES names, which is not ours to ship.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Topics } from '../src/platform/classify/features.ts'

const message = z.object({ title: z.string(), text: z.string(), label: z.string() })
export type Message = z.infer<typeof message>

/** The messages of a file, one JSON object a line. */
export function readMessages(path: string): Message[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => message.parse(JSON.parse(line)))
}

/** The title says what it is about: it counts twice, as in a need, whose text begins with what became its title. */
export const textOf = ({ title, text }: Message): string => `${title}。${title}。${text}`

export const root = join(import.meta.dirname, '..')

/** Our own lists of words by category: made up for the program, for categories of ours, which are not the labels of the messages. */
export function ownTopics(): Topics {
  return new Map(
    readFileSync(join(root, 'data/classifier/words.txt'), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line): [string, string[]] => {
        const [category = '', ...words] = line.trim().split(/\s+/)
        return [category, words]
      }),
  )
}
