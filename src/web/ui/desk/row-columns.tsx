// Columns of RowsField in which one property of the row is typed or chosen.
import { Input, InputNumber, Select } from 'antd'
import type { RowColumn } from './RowsField.tsx'

type Named<Name extends string, Value> = { readonly [Key in Name]?: Value }

/** The change of one property; TypeScript cannot know that a row with this property takes it as a part. */
function partOf<Row>(name: string, value: unknown): Partial<Row> {
  return { [name]: value } as Partial<Row>
}

/** A short text. */
export function textColumn<Row extends Named<Name, string>, Name extends string>(
  name: Name,
  title: string,
  maxLength: number,
): RowColumn<Row> {
  return {
    name,
    title,
    cell: (row, change, label) => (
      <Input
        aria-label={label(title)}
        maxLength={maxLength}
        value={row[name]}
        onChange={(event) => change(partOf(name, event.target.value))}
      />
    ),
  }
}

/** A whole number from 1 to `max`. */
export function numberColumn<Row extends Named<Name, number>, Name extends string>(
  name: Name,
  title: string,
  max: number,
): RowColumn<Row> {
  return {
    name,
    title,
    cell: (row, change, label) => (
      <InputNumber
        controls={false}
        aria-label={label(title)}
        min={1}
        max={max}
        precision={0}
        value={row[name]}
        onChange={(value) => change(partOf(name, value ?? undefined))}
      />
    ),
  }
}

/** One of a few; `usual` while none was chosen. */
export function choiceColumn<Row extends Named<Name, string>, Name extends string>(
  name: Name,
  title: string,
  usual: string,
  options: { readonly value: string; readonly label: string }[],
): RowColumn<Row> {
  return {
    name,
    title,
    cell: (row, change, label) => (
      <Select
        aria-label={label(title)}
        value={row[name] ?? usual}
        onChange={(value: string) => change(partOf(name, value))}
        options={options}
      />
    ),
  }
}
