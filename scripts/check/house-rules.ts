// House rules that no linter knows: rooms, sizes, first sentences, unfinished words, escapes from types, Chinese in components, hosts, SQL of citus.md.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { readArchitecture } from '../generate/domain-graph.ts'
import { kindFaults, schemaFaults } from './schema-rules.ts'

/** Files of the repository, tracked or new, that are there now. */
function listFiles(root: string): string[] {
  const text = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(text.split('\n').filter((line) => line !== ''))]
}

const longest = 400

type Source = { readonly path: string; readonly text: string }

function isCode(path: string): boolean {
  return /\.(ts|tsx|mjs|cjs|css|sql)$/.test(path) && !path.startsWith('docs/generated/')
}

function firstSentence({ path, text }: Source): string[] {
  if (!/\.(ts|tsx|mjs)$/.test(path)) return []
  const first = text.split('\n').find((line) => !line.startsWith('#!')) ?? ''
  return /^(\/\/|\/\*)/.test(first) ? [] : [`${path}: the first line says what the file holds`]
}

function lengthOf({ path, text }: Source): string[] {
  const lines = text.split('\n').length - 1
  return lines > longest && !path.endsWith('tables.ts') ? [`${path}: ${lines} lines, more than ${longest}`] : []
}

const forbiddenWords: readonly { readonly pattern: RegExp; readonly says: string; readonly where: RegExp }[] = [
  {
    pattern: /\b(TODO|FIXME|XXX|HACK)\b|敬请期待|暂未实现|开发中/,
    says: 'unfinished word',
    where: /^(src|tests|bench|migrations)\//,
  },
  {
    pattern: /\bas unknown as\b|@ts-ignore|@ts-expect-error|@ts-nocheck|biome-ignore/,
    says: 'escape from the checks',
    where: /^(src|bench|tests|scripts)\//,
  },
  { pattern: /\b(?:it|test|describe)\.(?:skip|only|todo)\(/, says: 'skipped or focused test', where: /\.test\.ts$/ },
  {
    pattern: /setTimeout\((?:done|resolve|\(\))|waitForTimeout\(|from 'node:timers\/promises'/,
    says: 'a test that sleeps (wait for what is meant: expect.poll)',
    where: /\.test\.ts$/,
  },
  { pattern: /registry\.npm|npmmirror|debian\.org/, says: 'registry host', where: /./ },
]

/** Below actions, time and randomness are arguments. */
const hiddenInputs = /\bDate\.now\(|\bnew Date\(\)|Math\.random\(/

function wordsOf({ path, text }: Source): string[] {
  if (path === 'scripts/check/house-rules.ts' || path.startsWith('tests/architecture/')) return []
  const found = forbiddenWords
    .filter((rule) => rule.where.test(path) && rule.pattern.test(text))
    .map((rule) => `${path}: ${rule.says}`)
  const deep =
    /^src\/(foundation|registers|loop|commons|governing|insight)\/[^/]+\/(rules|store|contract|sealed-rules|waiting|stations|indicators)(\.ts|\/)/.test(
      path,
    )
  return deep && hiddenInputs.test(text) ? [...found, `${path}: time and chance are arguments`] : found
}

/** Chinese characters and full-width punctuation; quotation marks, dashes and the middle dot belong to English too. */
const chinese = /[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/

/** What a component of the web says in Chinese itself, and why it is in no text. */
const saidInCode: readonly { readonly path: string; readonly said: readonly string[]; readonly why: string }[] = [
  {
    path: 'src/web/ui/desk/FormFields.tsx',
    said: ['，', '；'],
    why: 'read, not shown: a list that is typed or pasted is divided by the marks of either language',
  },
  {
    path: 'src/web/features/needs/desk/CategoryReason.tsx',
    said: ['。'],
    why: 'sent, not shown: the classifier learned title and text joined by a full stop, as loop/needs joins them',
  },
]

/** Literals and JSX text of the web; comments and regular expressions are neither. Only the texts are translated. */
function chineseIn({ path, text }: Source): string[] {
  if (!/^src\/web\/.*\.tsx?$/.test(path) || /\.test\.tsx?$/.test(path) || !chinese.test(text)) return []
  const allowed = saidInCode.find((each) => each.path === path)?.said ?? []
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const faults: string[] = []
  const visit = (node: ts.Node): void => {
    const part = ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    if (part || ts.isStringLiteralLike(node) || ts.isJsxText(node)) {
      const found = chinese.exec(node.text)
      if (found !== null && !allowed.includes(node.text)) {
        const within = Math.max(0, node.getText(file).indexOf(found[0]))
        const line = file.getLineAndCharacterOfPosition(node.getStart(file) + within).line + 1
        faults.push(`${path}:${line}: Chinese in the code (“${found[0]}”): words and marks stand in the texts`)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return faults
}

/** A domain's files are rooms of the house: named as the list says, or folders of one. */
function roomsOf(paths: readonly string[], root: string): string[] {
  const { domains, rooms } = readArchitecture(root)
  const faults: string[] = []
  for (const path of paths) {
    const match = /^src\/(foundation|registers|loop|commons|governing|insight)\/([^/]+)\/([^/]+)/.exec(path)
    if (match === null) continue
    const [, wing, domain, entry] = match
    const declared = domains[domain ?? '']
    if (declared === undefined || declared.wing !== wing)
      faults.push(`${path}: ${domain} is not a domain of ${wing} in architecture.json`)
    const room = (entry ?? '').replace(/\.(test\.ts|ts|zh-CN\.json|en\.json)$/, '')
    if (!rooms.includes(room) && room !== domain && !/\.(test|fixture)\.ts$/.test(entry ?? ''))
      faults.push(`${path}: ${entry} is not a room`)
  }
  return faults
}

/** All faults of the tree under `root`, one line each. */
export function houseFaults(root: string): string[] {
  const paths = listFiles(root)
  const sources = paths.filter(isCode).flatMap((path): Source[] => {
    try {
      return [{ path, text: readFileSync(join(root, path), 'utf8') }]
    } catch {
      return []
    }
  })
  return [
    ...sources.flatMap((source) => [
      ...firstSentence(source),
      ...lengthOf(source),
      ...wordsOf(source),
      ...chineseIn(source),
    ]),
    ...roomsOf(paths, root),
  ]
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..')
  const schema = readFileSync(join(root, 'docs/generated/schema.sql'), 'utf8')
  const kinds = kindFaults(schema, readArchitecture(root).tables)
  const faults = [...houseFaults(root), ...schemaFaults(schema), ...kinds]
  for (const fault of faults) console.error(fault)
  process.exit(faults.length > 0 ? 1 : 0)
}
