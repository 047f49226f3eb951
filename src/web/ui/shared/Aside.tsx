// Words set aside in brackets, as the language that is on writes them: full width without a space before, or half width after one.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Where the inside is an element; for plain words there is the text `list.aside`. */
export function Aside({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('frame')
  return (
    <>
      {t('list.open')}
      {children}
      {t('list.close')}
    </>
  )
}

/** Behind the label of what need not be filled in. */
export function OptionalMark() {
  const { t } = useTranslation('frame')
  return (
    <small>
      <Aside>{t('field.optional')}</Aside>
    </small>
  )
}
