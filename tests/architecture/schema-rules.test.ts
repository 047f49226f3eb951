// Each rule of citus.md over the schema with a planted breach, and the schema as it is.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kindFaults, schemaFaults } from '../../scripts/check/schema-rules.ts'
import { readArchitecture } from '../../scripts/generate/domain-graph.ts'

const schema = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/generated/schema.sql'), 'utf8')

const table = (options: { name?: string; comment?: string; body?: string; tail?: string; rights?: string }) =>
  `-- ${options.comment ?? 'distributed. A planted table.'}\nCREATE TABLE ${options.name ?? 'needs.planted'} (\n${options.body ?? '  CONSTRAINT planted_pkey PRIMARY KEY (jurisdiction, id)'}\n);\n${options.tail ?? ''}-- liandong_app: ${options.rights ?? 'SELECT'}\n`

const faultsOf = (planted: string) =>
  schemaFaults(`${schema}\n${planted}`).filter((fault) => !schemaFaults(schema).includes(fault))

describe('the schema', () => {
  it('keeps every rule', () => {
    expect(schemaFaults(schema)).toEqual([])
  })

  it.each([
    ['a table without a kind', table({ comment: 'Just a table.' }), /does not start with/],
    [
      'a distributed key without the jurisdiction',
      table({ body: '  CONSTRAINT planted_pkey PRIMARY KEY (id)' }),
      /a key without jurisdiction/,
    ],
    [
      'a unique index without the jurisdiction',
      table({ tail: 'CREATE UNIQUE INDEX planted_once ON needs.planted USING btree (title);\n' }),
      /a key without jurisdiction/,
    ],
    [
      'a foreign key into another schema',
      table({
        body: '  CONSTRAINT planted_pkey PRIMARY KEY (jurisdiction, id),\n  CONSTRAINT planted_fkey FOREIGN KEY (jurisdiction, person) REFERENCES identity.person(jurisdiction, id)',
      }),
      /crosses schemas/,
    ],
    [
      'a reference to a distributed table that is not colocated',
      table({
        body: '  CONSTRAINT planted_pkey PRIMARY KEY (jurisdiction, id),\n  CONSTRAINT planted_fkey FOREIGN KEY (need) REFERENCES needs.need(id)',
      }),
      /not colocated/,
    ],
    [
      'ON DELETE SET NULL',
      table({
        body: '  CONSTRAINT planted_pkey PRIMARY KEY (jurisdiction, id),\n  CONSTRAINT planted_fkey FOREIGN KEY (jurisdiction, need) REFERENCES needs.need(jurisdiction, id) ON DELETE SET NULL',
      }),
      /SET NULL/,
    ],
    [
      'a sequence',
      table({
        body: "  number bigint DEFAULT nextval('x'),\n  CONSTRAINT planted_pkey PRIMARY KEY (jurisdiction, id)",
      }),
      /a sequence/,
    ],
    [
      'money that is no bigint',
      table({ body: '  amount double precision NOT NULL,\n  CONSTRAINT planted_pkey PRIMARY KEY (jurisdiction, id)' }),
      /bigint fen/,
    ],
    ['a program that may truncate', table({ rights: 'SELECT, TRUNCATE' }), /TRUNCATE/],
    ['events that may be changed', table({ name: 'platform.event', rights: 'INSERT, SELECT, UPDATE' }), /append-only/],
  ])('is refused with %s', (_name, planted, says) => {
    expect(faultsOf(planted).join('\n')).toMatch(says)
  })
})

describe('architecture.json', () => {
  const { tables } = readArchitecture(resolve(import.meta.dirname, '../..'))

  it('tells of every table how it is distributed, as the table itself does', () => {
    expect(kindFaults(schema, tables)).toEqual([])
  })

  it.each([
    [
      'a table that it leaves out',
      { ...tables, 'needs.need': undefined },
      'needs.need: architecture.json does not say how it is distributed (distributed)',
    ],
    [
      'another kind than the comment',
      { ...tables, 'needs.need': 'reference' },
      'needs.need: reference in architecture.json, distributed in its comment',
    ],
    [
      'another column than the comment',
      { ...tables, 'needs.need': 'distributed by resident' },
      'needs.need: distributed by resident in architecture.json, distributed in its comment',
    ],
    [
      'a table that is gone',
      { ...tables, 'needs.gone': 'local' },
      'needs.gone: architecture.json names a table that the schema has not',
    ],
  ])('is refused with %s', (_name, planted, says) => {
    const given = Object.entries(planted).flatMap(([name, kind]) => (kind === undefined ? [] : [[name, kind] as const]))
    expect(kindFaults(schema, Object.fromEntries(given))).toEqual([says])
  })
})
