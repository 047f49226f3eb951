// Volunteers of the places where I work: what they can do and how much they did, names masked.
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../kit/endpoint.ts'
import { listVolunteers, skills, volunteerStates } from '../../../../registers/volunteers/contract.ts'
import { ListPage } from '../../../ui/desk/ListPage.tsx'
import { isNarrow } from '../../../ui/desk/narrow.ts'
import { DateText } from '../../../ui/shared/DateText.tsx'
import { Tag } from '../../../ui/shared/Tag.tsx'
import { useMinutesWords } from '../resident/occasion-words.tsx'

type Row = OutputOf<typeof listVolunteers>['rows'][number]

export default function VolunteerListPage() {
  const { t } = useTranslation(['volunteers', 'volunteering'])
  const minutesWords = useMinutesWords()
  const spare = isNarrow()
  return (
    <ListPage<Row>
      title={t('verbs.listVolunteers')}
      endpoint={listVolunteers}
      rowKey={(row) => row.id}
      filters={[
        {
          name: 'skill',
          label: t('fields.skill'),
          kind: 'choice',
          options: skills.map((value) => ({ value, label: t(`options.skill.${value}`) })),
        },
        {
          name: 'state',
          label: t('fields.state'),
          kind: 'choice',
          options: volunteerStates.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        { name: 'division', label: t('fields.division'), kind: 'division' },
      ]}
      empty={{ title: t('volunteering:desk.volunteersEmpty'), next: t('volunteering:desk.volunteersEmptyNext') }}
      columns={[
        { key: 'name', title: t('fields.maskedName'), width: 110, main: true, cell: (row) => row.maskedName },
        {
          key: 'skills',
          title: t('fields.skills'),
          cell: (row) => row.skills.map((skill) => t(`options.skill.${skill}`)).join(t('frame:list.separator')) || '—',
        },
        {
          key: 'minutes',
          title: t('fields.minutes'),
          width: 140,
          align: 'right',
          cell: (row) => minutesWords(row.minutes),
        },
        { key: 'shifts', spare, title: t('fields.shifts'), width: 90, align: 'right', cell: (row) => row.shifts },
        {
          key: 'since',
          spare,
          title: t('fields.since'),
          width: 120,
          cell: (row) => <DateText date={row.since} style="iso" />,
        },
        {
          key: 'division',
          spare,
          title: t('fields.divisionName'),
          width: 150,
          cell: (row) => row.divisionName ?? row.division,
        },
        {
          key: 'state',
          title: t('fields.state'),
          width: 90,
          cell: (row) => <Tag tone={row.state === 'active' ? 'done' : 'neutral'}>{t(`states.${row.state}`)}</Tag>,
        },
      ]}
    />
  )
}
