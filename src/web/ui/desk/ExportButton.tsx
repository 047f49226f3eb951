// Export of a list with its filters, as a spreadsheet or as text; the browser saves what the server makes.
import { useTranslation } from 'react-i18next'
import { Dropdown } from '../../app/shells/Dropdown.tsx'
import { Icon } from '../shared/Icon.tsx'
import buttons from './DeskButton.module.css'

export function ExportButton({ address }: { readonly address: (format: 'xlsx' | 'csv') => string }) {
  const { t } = useTranslation('frame')
  return (
    <Dropdown
      label={t('listPage.export')}
      side="right"
      className={`${buttons.button} ${buttons.plain}`}
      face={
        <>
          <Icon name="export" size={17} />
          {t('listPage.export')}
        </>
      }
    >
      <a role="menuitem" href={address('xlsx')} download>
        <Icon name="grid" size={16} />
        {t('listPage.exportXlsx')}
      </a>
      <a role="menuitem" href={address('csv')} download>
        <Icon name="document" size={16} />
        {t('listPage.exportCsv')}
      </a>
    </Dropdown>
  )
}
