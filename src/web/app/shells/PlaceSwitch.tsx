// Where and as what I work now, and the switch to my other assignments.
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/shared/Icon.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { useGo } from '../address.ts'
import { type Assignment, currentAssignment, switchAssignment, useSession } from '../session.ts'
import styles from './DeskShell.module.css'
import { Dropdown } from './Dropdown.tsx'
import { useRoleName } from './role-names.ts'

export function PlaceSwitch() {
  const { t } = useTranslation('frame')
  const roleName = useRoleName()
  const go = useGo()
  const session = useSession()
  const now = currentAssignment(session)
  if (!now) return null
  const placeOf = (assignment: Assignment) => assignment.organizationName ?? assignment.divisionName
  const choose = async (assignment: Assignment) => {
    if (assignment.current) return
    await switchAssignment(assignment.id)
    showToast(t('desk.switched', { place: placeOf(assignment), role: roleName(assignment.role) }))
    go('/desk')
  }
  const face = (
    <>
      <Icon name="pin" size={16} />
      <span>{placeOf(now)}</span>
      <b>{roleName(now.role)}</b>
      {session.assignments.length > 1 && <Icon name="open" size={14} />}
    </>
  )
  if (session.assignments.length < 2) return <div className={styles.place}>{face}</div>
  return (
    <Dropdown label={t('desk.switch')} className={styles.place} face={face}>
      {session.assignments.map((assignment) => (
        <button
          key={assignment.id}
          type="button"
          role="menuitemradio"
          aria-checked={assignment.current}
          onClick={() => void choose(assignment)}
        >
          <Icon name={assignment.current ? 'check' : 'swap'} size={16} />
          <span>
            {roleName(assignment.role)}
            <small>{placeOf(assignment)}</small>
          </span>
        </button>
      ))}
    </Dropdown>
  )
}
