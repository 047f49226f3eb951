// The name of a role in the language that is on.
import { useTranslation } from 'react-i18next'

/** Answers the role's name; unknown roles are staff. */
export function useRoleName(): (role: string) => string {
  const { t } = useTranslation('frame')
  return (role) => t(`roles.${role}`, { defaultValue: t(`identity:roles.${role}`, { defaultValue: t('roles.other') }) })
}
