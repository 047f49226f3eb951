// One organization: registration, rating, lists, staff, credit; its applications on the way.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  acceptOrganization,
  addStaff,
  cancelOrganization,
  editOrganization,
  endStaff,
  enterAbnormal,
  fileOrganization,
  getOrganization,
  leaveAbnormal,
  refuseOrganization,
  registerOrganization,
  reviewOrganization,
  setRating,
} from '../../../registers/organizations/contract.ts'
import { useAsk } from '../../app/ask.ts'
import { problemOf } from '../../app/problem.ts'
import { CategoryPicker, useCategoryName } from '../../ui/desk/CategoryPicker.tsx'
import { PersonByPhoneField } from '../../ui/desk/PersonByPhoneField.tsx'
import { RecordPage, Split } from '../../ui/desk/RecordPage.tsx'
import { useRecordTrace, useStateSteps } from '../../ui/desk/record-trace.ts'
import { useVerbs, VerbDialog } from '../../ui/desk/record-verbs.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { DateText } from '../../ui/shared/DateText.tsx'
import { ErrorState } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { stateTones } from './organization-columns.tsx'
import { CreditTable, StaffTable, WarningTable } from './OrganizationTables.tsx'

/** Verbs that carry an application onward: only they are offered as the primary one. */
const onward = new Set([
  'acceptOrganization',
  'reviewOrganization',
  'registerOrganization',
  'fileOrganization',
  'editOrganization',
])

export default function OrganizationRecordPage() {
  const { t } = useTranslation('organizations')
  const { id = '' } = useParams({ strict: false })
  const category = useCategoryName()
  const { data, error, refetch } = useAsk(getOrganization, { params: { id } })
  const trace = useRecordTrace('organization', id)
  const filed = data?.registration === 'filed'
  const steps = useStateSteps(
    'organizations',
    filed ? ['applied', 'filed'] : ['applied', 'accepted', 'reviewed', 'registered'],
    data?.state ?? 'applied',
    data?.history ?? [],
  )
  const [leaving, setLeaving] = useState<string>()
  const target = { id, version: data?.version, number: data?.number, title: data?.name }
  const { acts, dialog, open } = useVerbs('organizations', target, data?.actions, {
    acceptOrganization: { endpoint: acceptOrganization, icon: 'check' },
    reviewOrganization: { endpoint: reviewOrganization, icon: 'search' },
    registerOrganization: { endpoint: registerOrganization, icon: 'seal' },
    fileOrganization: { endpoint: fileOrganization, icon: 'seal' },
    refuseOrganization: { endpoint: refuseOrganization, icon: 'close', danger: true },
    editOrganization: {
      endpoint: editOrganization,
      icon: 'pencil',
      initial: { categories: data?.categories, address: data?.address, charter: data?.charter },
      overrides: { categories: { control: <CategoryPicker label={t('fields.categories')} many />, wide: true } },
    },
    setRating: { endpoint: setRating, icon: 'star' },
    addStaff: { endpoint: addStaff, icon: 'plus', overrides: { person: { control: <PersonByPhoneField /> } } },
    enterAbnormal: { endpoint: enterAbnormal, icon: 'alert', danger: true },
    leaveAbnormal: { endpoint: leaveAbnormal, icon: 'refresh' },
    cancelOrganization: { endpoint: cancelOrganization, icon: 'trash', danger: true },
  })
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={8} />
  const mayStaff = data.actions.some((action) => action.verb === 'addStaff' && action.ok)
  return (
    <>
      <RecordPage
        crumbs={[{ label: t('name'), to: '/desk/organizations' }]}
        number={data.number}
        title={data.name}
        state={{ label: t(`states.${data.state}`), tone: stateTones[data.state] }}
        primary={acts.find((act) => act.off === undefined && onward.has(act.key))?.key}
        acts={acts}
        steps={steps}
        facts={[
          {
            label: t('fields.kind'),
            value: (
              <>
                {t(`kinds.${data.kind}`)} {data.agency && <Tag tone="progress">{t('fields.agency')}</Tag>}
              </>
            ),
          },
          { label: t('fields.registration'), value: t(`registrations.${data.registration}`) },
          {
            label: t('fields.rating'),
            value: data.rating ? (
              <>
                {data.rating}
                {data.ratingUntil && (
                  <>
                    {t('frame:list.comma')}
                    {t('desk.until')} <DateText date={data.ratingUntil} style="full" />
                  </>
                )}
              </>
            ) : (
              '—'
            ),
          },
          { label: t('desk.uscc'), value: data.uscc ?? '—', span: 2 },
          {
            label: t('fields.registeredOn'),
            value: data.registeredOn ? <DateText date={data.registeredOn} style="full" /> : '—',
          },
          { label: t('fields.divisionName'), value: data.divisionName ?? data.division },
          { label: t('fields.address'), value: data.address ?? '—', span: 2 },
          { label: t('fields.certificates'), value: t('desk.persons', { count: data.certificates }) },
          { label: t('fields.creditPoints'), value: String(data.creditPoints) },
          {
            label: t('desk.lists'),
            value: data.illegal ? (
              <Tag tone="bad" icon="alert">
                {t('warningLists.illegal')}
              </Tag>
            ) : data.abnormal ? (
              <Tag tone="waiting" icon="alert">
                {t('warningLists.abnormal')}
              </Tag>
            ) : (
              t('desk.notListed')
            ),
          },
          ...(data.ineligibleUntil
            ? [
                {
                  label: t('fields.ineligibleUntil'),
                  value: (
                    <Tag tone="bad" icon="alert">
                      {data.ineligibleUntil}
                    </Tag>
                  ),
                },
              ]
            : []),
          {
            label: t('fields.categories'),
            value: data.categories.map(category).join(t('frame:list.separator')),
            span: 3,
          },
          { label: t('fields.charter'), value: data.charter, span: 3 },
          ...(data.reason ? [{ label: t('fields.reason'), value: data.reason, span: 3 as const }] : []),
        ]}
        timeline={trace.timeline}
        tabs={[
          {
            key: 'staff',
            label: t('desk.staff'),
            icon: 'users',
            count: data.staff.filter((each) => each.until === undefined).length,
            content: (
              <StaffTable
                staff={data.staff}
                onEnd={mayStaff ? setLeaving : undefined}
                onAdd={mayStaff ? () => open('addStaff') : undefined}
              />
            ),
          },
          {
            key: 'credit',
            label: t('desk.credit'),
            icon: 'star',
            count: data.credit.length,
            content: <CreditTable credit={data.credit} />,
          },
          {
            key: 'warnings',
            label: t('desk.lists'),
            icon: 'alert',
            count: data.warnings.length,
            content: <WarningTable warnings={data.warnings} />,
          },
        ]}
      >
        {trace.related.length > 0 && (
          <Split>
            <RelatedList records={trace.related} />
          </Split>
        )}
      </RecordPage>
      {dialog}
      {leaving && (
        <VerbDialog
          domain="organizations"
          name="endStaff"
          verb={{ endpoint: endStaff, params: { staff: leaving } }}
          target={target}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </>
  )
}
