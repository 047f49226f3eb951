// The way from a thread to the accounts of its projects: one sheet for the notice board each.
import { useTranslation } from 'react-i18next'
import { Go } from './Go.tsx'
import { Icon } from './Icon.tsx'

type Props = {
  readonly accounts: readonly { readonly project: string; readonly number?: string | undefined }[]
  readonly className?: string | undefined
  readonly linkClass?: string | undefined
}

export function AccountLinks({ accounts, className, linkClass }: Props) {
  const { t } = useTranslation('thread')
  return accounts.map(({ project, number }) => (
    <p key={project} className={className}>
      <Go to={`/projects/${project}?account=1`} className={linkClass}>
        {accounts.length > 1 ? t('account.linkOf', { number }) : t('account.link')}
        <Icon name="right" size={18} />
      </Go>
    </p>
  ))
}
