// The fields of a generated form: one control per kind, lists and groups of fields nested.
import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import type { FormItemProps } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskButton } from './DeskButton.tsx'
import { DivisionField, FileField, MomentField, RecordField } from './form-controls.tsx'
import styles from './forms.module.css'
import type { FormField } from './schema-fields.ts'
import { OptionalMark } from '../shared/Aside.tsx'

/** An own control: an element that takes `value`, `onChange` and `id` from the form. */
export type FieldOverride = {
  readonly control: ReactElement
  readonly wide?: boolean /** Instead of the domain's word. */
  readonly label?: string
}

type Name = readonly (string | number)[]

type Props = {
  readonly fields: readonly FormField[]
  readonly domain: string
  /** Path of the group or item that these fields stand in. */
  readonly within?: Name
  readonly overrides?: Readonly<Record<string, FieldOverride>>
}

const wideKinds = new Set(['long-text', 'list', 'group', 'files', 'file', 'texts'])

/** Words of a field: label, help and options, from the domain's namespace with its name as the last resort. */
export function useFieldWords(domain: string) {
  const { t, i18n } = useTranslation(['frame', domain])
  return {
    label: (name: string) => t(`${domain}:fields.${name}`, { defaultValue: name }),
    help: (name: string) => (i18n.exists(`${domain}:help.${name}`) ? t(`${domain}:help.${name}`) : undefined),
    option: (name: string, value: string) =>
      t(
        [
          `${domain}:options.${name}.${value}`,
          `${domain}:${name}.${value}`,
          `${domain}:${name}s.${value}`,
          `${domain}:states.${value}`,
          `${domain}:options.${value}`,
        ],
        { defaultValue: value },
      ),
  }
}

function rulesOf(
  field: FormField,
  label: string,
  t: (key: string, values?: Record<string, unknown>) => string,
): FormItemProps['rules'] {
  const { schema } = field
  return [
    ...(field.required && field.kind !== 'flag'
      ? [{ required: true, message: t('form.required', { field: label }) }]
      : []),
    ...(schema.maxLength !== undefined
      ? [{ max: schema.maxLength, message: t('form.tooLong', { count: schema.maxLength }) }]
      : []),
    ...(field.kind === 'money' ? [{ pattern: /^\d{1,13}(\.\d{1,2})?$/, message: t('form.money') }] : []),
  ]
}

function control(field: FormField, label: string, option: (value: string) => string, yuan: string): ReactElement {
  const { schema } = field
  const required = field.required || undefined
  switch (field.kind) {
    case 'long-text':
      return (
        <Input.TextArea
          rows={4}
          maxLength={schema.maxLength}
          showCount={schema.maxLength !== undefined}
          aria-required={required}
        />
      )
    case 'number':
      return (
        <InputNumber
          className="full"
          controls={false}
          min={schema.minimum}
          max={schema.maximum}
          precision={schema.type === 'integer' ? 0 : undefined}
          aria-required={required}
          style={{ width: '100%' }}
        />
      )
    case 'choice':
      return (
        <Select
          aria-label={label}
          allowClear={field.required ? false : undefined}
          showSearch
          optionFilterProp="label"
          options={(field.options ?? []).map((value) => ({ value, label: option(value) }))}
        />
      )
    case 'choices':
      return (
        <Select
          aria-label={label}
          mode="multiple"
          optionFilterProp="label"
          options={(field.options ?? []).map((value) => ({ value, label: option(value) }))}
        />
      )
    case 'texts':
      return (
        <Select
          aria-label={label}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={['，', ',', '；', ';']}
        />
      )
    case 'date':
      return <Input type="date" aria-required={required} />
    case 'moment':
      return <MomentField />
    case 'money':
      return <Input inputMode="decimal" suffix={yuan} aria-required={required} />
    case 'division':
      return <DivisionField label={label} />
    case 'record':
      return <RecordField label={label} record={schema.record ?? ''} />
    case 'file':
      return <FileField label={label} />
    case 'files':
      return <FileField label={label} many />
    default:
      return <Input maxLength={schema.maxLength} aria-required={required} />
  }
}

/** Amounts go out with two decimals, whatever was typed. */
function asMoney(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/[,，\s]/g, '') : value
}

function ListField({
  field,
  name,
  domain,
  label,
}: {
  readonly field: FormField
  readonly name: Name
  readonly domain: string
  readonly label: string
}) {
  const { t } = useTranslation('frame')
  const most = field.schema.maxItems ?? 100
  return (
    <fieldset className={styles.items} data-wide>
      <legend>{label}</legend>
      <Form.List name={[...name]}>
        {(items, { add, remove }, { errors }) => (
          <>
            {items.map((item, index) => (
              <div key={item.key} className={styles.item}>
                <div className={styles.itemHead}>
                  {t('form.item', { n: index + 1 })}
                  <DeskButton
                    small
                    bare
                    kind="quiet"
                    icon="trash"
                    label={t('form.remove', { n: index + 1 })}
                    onClick={() => remove(item.name)}
                  />
                </div>
                <FormFields fields={field.fields ?? []} domain={domain} within={[item.name]} />
              </div>
            ))}
            <div>
              <DeskButton small icon="plus" off={items.length >= most} onClick={() => add({})}>
                {t('form.add')}
              </DeskButton>
            </div>
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </fieldset>
  )
}

export function FormFields({ fields, domain, within = [], overrides = {} }: Props): ReactNode {
  const { t } = useTranslation('frame')
  const words = useFieldWords(domain)
  return (
    <div className={styles.grid}>
      {fields.map((field) => {
        const name = [...within, field.name]
        const own = overrides[field.name]
        const label = own?.label ?? words.label(field.name)
        if (!own && field.kind === 'list')
          return <ListField key={field.name} field={field} name={name} domain={domain} label={label} />
        if (!own && field.kind === 'group') {
          return (
            <fieldset key={field.name} className={styles.group} data-wide>
              <legend>{label}</legend>
              <FormFields fields={field.fields ?? []} domain={domain} within={name} />
            </fieldset>
          )
        }
        const wide = own ? own.wide : wideKinds.has(field.kind)
        if (!own && field.kind === 'flag') {
          return (
            <div key={field.name} data-wide={wide || undefined}>
              <Form.Item name={name} valuePropName="checked" help={words.help(field.name)}>
                <Checkbox>{label}</Checkbox>
              </Form.Item>
            </div>
          )
        }
        return (
          <div key={field.name} data-wide={wide || undefined}>
            <Form.Item
              name={name}
              label={
                <span>
                  {label}
                  {!field.required && <OptionalMark />}
                </span>
              }
              extra={words.help(field.name)}
              rules={rulesOf(field, label, (key, values) => t(key, values ?? {}))}
              normalize={field.kind === 'money' ? asMoney : undefined}
            >
              {own ? own.control : control(field, label, (value) => words.option(field.name, value), t('money.yuan'))}
            </Form.Item>
          </div>
        )
      })}
    </div>
  )
}
