// A service record on the phone in under a minute: contract and activity are chosen already where there is only one.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listDeskOccasions, listRooms } from '../../../loop/delivery/contract/occasions.ts'
import { getDelivery } from '../../../loop/delivery/contract.ts'
import { useAddressQuery, useGo } from '../../app/address.ts'
import { useAsk } from '../../app/ask.ts'
import { serverNow } from '../../app/server-time.ts'
import { Button } from '../../ui/resident/Button.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { type Photo, PhotoPicker } from '../../ui/resident/PhotoPicker.tsx'
import { RadioBlocks } from '../../ui/resident/RadioBlocks.tsx'
import { Select } from '../../ui/resident/Select.tsx'
import { TextArea } from '../../ui/resident/TextArea.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { useProblemText } from '../../ui/shared/ErrorState.tsx'
import { Skeleton } from '../../ui/shared/Skeleton.tsx'
import { partsOf, two } from '../../ui/shared/when.ts'
import { useChoices, useFieldRecord } from './field-record.ts'
import type { RecordDraft } from './record-draft.ts'
import { WaitingRecords } from './WaitingRecords.tsx'
import type { QueueItem } from '../../app/offline/queue.ts'
import styles from './delivery.module.css'

/** "2026-11-23T14:30" of a moment in Asia/Shanghai, for the browser's own input. */
function local(instant: string): string {
  const parts = partsOf(instant)
  return parts ? `${parts.year}-${two(parts.month)}-${two(parts.day)}T${two(parts.hour)}:${two(parts.minute)}` : ''
}

const lengths = ['30', '60', '90', '120', '180'] as const

export default function NewRecordPage() {
  const { t } = useTranslation(['delivery', 'contracts'])
  const go = useGo()
  const problemText = useProblemText()
  const [query] = useAddressQuery()
  const { contracts, kept } = useChoices()
  const record = useFieldRecord()
  const { problem, online } = record
  const rows = contracts ?? []
  const [picked, setPicked] = useState<string | undefined>(query['contract'])
  const contract = picked ?? (rows.length === 1 ? rows[0]?.id : undefined)
  const delivery = useAsk(getDelivery, { params: { id: contract ?? '' } }, { enabled: contract !== undefined })
  const shifts = useAsk(
    listDeskOccasions,
    { query: { contract: contract as never, kind: 'shift', size: 20 } },
    { enabled: contract !== undefined },
  )
  const township = delivery.data?.division.slice(0, 9)
  const rooms = useAsk(
    listRooms,
    { query: { division: township as never, size: 100 } },
    { enabled: township !== undefined },
  )
  const [activity, setActivity] = useState<string>()
  const [shift, setShift] = useState('')
  const [room, setRoom] = useState('')
  const [length, setLength] = useState<string>('60')
  const [until, setUntil] = useState(() => local(new Date(serverNow() - 60_000).toISOString()))
  const [place, setPlace] = useState('')
  const [attendance, setAttendance] = useState('1')
  const [newcomers, setNewcomers] = useState('0')
  const [words, setWords] = useState('')
  const [photos, setPhotos] = useState<readonly Photo[]>([])
  const fault = (name: string) => problem?.fields?.find((each) => each.path.includes(name))?.message
  const activities = delivery.data?.activities ?? kept.find((each) => each.id === contract)?.activities ?? []
  const chosen = activity ?? (activities.length === 1 ? activities[0]?.id : undefined)
  const openRooms = (rooms.data?.rows ?? []).filter((row) => row.open)
  // Called off or still to come: nobody helped.
  const helping = (shifts.data?.rows ?? []).filter(
    (row) => row.state !== 'cancelled' && row.from < new Date(serverNow()).toISOString(),
  )
  // what is missing is named beside the button: it stands far below the field
  const missing = [
    ...(contract ? [] : ['fields.contract']),
    ...(contract && !chosen ? ['fields.activity'] : []),
    ...(until ? [] : ['field.until']),
    ...(place.trim().length >= 2 ? [] : ['fields.place']),
    ...(Number(attendance) >= 1 ? [] : ['fields.attendance']),
    ...(words.trim().length >= 4 ? [] : ['fields.words']),
  ]
  const send = async () => {
    if (!contract || !chosen) return
    const end = new Date(`${until}:00+08:00`)
    const from = new Date(end.getTime() - Number(length) * 60_000)
    const body = {
      contract,
      activity: chosen,
      from: from.toISOString(),
      until: end.toISOString(),
      place: place.trim(),
      attendance: Number(attendance),
      newcomers: Number(newcomers) || 0,
      words: words.trim(),
      ...(shift === '' ? {} : { shift }),
      ...(room === '' ? {} : { room }),
    }
    const label = `${activities.find((each) => each.id === chosen)?.name ?? ''} ${until.slice(5).replace('T', ' ')}`
    // ids are branded in parsed form; on the wire they are texts
    const item = await record.send(body as never, photos, label)
    if (item?.state === 'sent') return go(`/desk/delivery/${item.answer?.id}`)
    if (item?.state !== 'waiting') return
    showToast(t('field.kept'))
    record.next()
    setWords('')
    setPhotos([])
  }
  const take = async (item: QueueItem) => {
    const found = await record.open(item)
    if (!found) return
    const body: RecordDraft['body'] = found.draft.body
    setPicked(body.contract)
    setActivity(body.activity)
    setLength(String(Math.round((Date.parse(body.until) - Date.parse(body.from)) / 60_000)))
    setUntil(local(body.until))
    setPlace(body.place)
    setAttendance(String(body.attendance))
    setNewcomers(String(body.newcomers))
    setWords(body.words)
    setShift(body.shift ?? '')
    setRoom(body.room ?? '')
    setPhotos(found.photos)
    window.scrollTo({ top: 0 })
  }
  return (
    <Page
      title={t('verbs.fileServiceRecord')}
      closing
      back="/desk/delivery"
      dockNote={
        problem ? (
          <span role="alert" className={styles.problem}>
            {problem.fields?.length ? t('field.look') : problemText(problem)}
          </span>
        ) : missing.length > 0 && rows.length > 0 ? (
          t('field.missing', { names: missing.map((name) => t(name)).join(t('frame:list.separator')) })
        ) : undefined
      }
      dock={
        <Button kind="primary" wide busy={record.pending} disabled={missing.length > 0} onClick={() => void send()}>
          {t('field.send')}
        </Button>
      }
    >
      {contracts === undefined ? (
        online ? (
          <Skeleton rows={5} />
        ) : (
          <EmptyState icon="delivery" title={t('field.unknown')} next={t('field.unknownNext')} />
        )
      ) : rows.length === 0 ? (
        <EmptyState icon="delivery" title={t('field.noContract')} next={t('field.noContractNext')} />
      ) : (
        <div className={styles.field}>
          {!online && <p className={styles.offline}>{t('field.offline')}</p>}
          {rows.length > 1 && (
            <Select
              label={t('fields.contract')}
              value={contract ?? ''}
              onChange={(value) => {
                setPicked(value)
                setActivity(undefined)
              }}
              options={rows.map((row) => ({ value: row.id, label: row.title }))}
            />
          )}
          {contract && delivery.data && !delivery.data.started && (
            <EmptyState icon="delivery" title={t('plan.notStarted')} next={t('plan.notStartedNext')} />
          )}
          {activities.length > 0 && (
            <RadioBlocks
              label={t('fields.activity')}
              value={chosen}
              onChange={setActivity}
              choices={activities.map((each) => ({
                value: each.id,
                label: each.name,
                note: t('plan.done', { done: each.done, planned: each.planned }),
              }))}
            />
          )}
          <RadioBlocks
            label={t('field.length')}
            value={length}
            onChange={setLength}
            columns={3}
            choices={lengths.map((value) => ({ value, label: t('desk.minutes', { count: Number(value) }) }))}
          />
          <label className={styles.moment}>
            <span>{t('field.until')}</span>
            <input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
          </label>
          <TextField label={t('fields.place')} value={place} onChange={setPlace} fault={fault('place')} />
          {openRooms.length > 0 && (
            <Select
              label={t('field.room')}
              value={room}
              onChange={setRoom}
              fault={fault('room')}
              options={openRooms.map((row) => ({
                value: row.id,
                label: t('field.roomHolds', { name: row.name, capacity: row.capacity }),
              }))}
            />
          )}
          {helping.length > 0 && (
            <Select
              label={t('field.shift')}
              value={shift}
              onChange={setShift}
              fault={fault('shift')}
              options={helping.map((row) => ({ value: row.id, label: `${row.number} ${row.title}` }))}
            />
          )}
          <div className={styles.pair}>
            <TextField
              label={t('fields.attendance')}
              inputMode="numeric"
              value={attendance}
              onChange={(text) => setAttendance(text.replace(/\D/g, ''))}
              fault={fault('attendance')}
            />
            <TextField
              label={t('fields.newcomers')}
              inputMode="numeric"
              value={newcomers}
              onChange={(text) => setNewcomers(text.replace(/\D/g, ''))}
              fault={fault('newcomers')}
            />
          </div>
          <TextArea
            label={t('fields.words')}
            value={words}
            onChange={setWords}
            fault={fault('words')}
            help={t('field.noNames')}
          />
          <PhotoPicker photos={photos} onChange={setPhotos} max={9} store={record.store} />
        </div>
      )}
      <WaitingRecords items={record.waiting} onOpen={(item) => void take(item)} onDrop={record.drop} />
    </Page>
  )
}
