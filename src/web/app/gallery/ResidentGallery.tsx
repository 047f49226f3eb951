// Development only: the residents' components in one place, to look at.
import { lazy, Suspense, useState } from 'react'
import { Button } from '../../ui/resident/Button.tsx'
import { Card } from '../../ui/resident/Card.tsx'
import { Checkbox } from '../../ui/resident/Checkbox.tsx'
import { Item, ItemList } from '../../ui/resident/Item.tsx'
import { Page } from '../../ui/resident/Page.tsx'
import { type Photo, PhotoPicker } from '../../ui/resident/PhotoPicker.tsx'
import { RadioBlocks } from '../../ui/resident/RadioBlocks.tsx'
import { Section } from '../../ui/resident/Section.tsx'
import { Select } from '../../ui/resident/Select.tsx'
import { Stars } from '../../ui/resident/Stars.tsx'
import { TextArea } from '../../ui/resident/TextArea.tsx'
import { TextField } from '../../ui/resident/TextField.tsx'
import { showToast } from '../../ui/resident/toast-store.ts'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { EmptyState } from '../../ui/shared/EmptyState.tsx'
import { Icon } from '../../ui/shared/Icon.tsx'
import { Meter } from '../../ui/shared/Meter.tsx'
import { PartyMark } from '../../ui/shared/PartyMark.tsx'
import { QrText } from '../../ui/shared/QrText.tsx'
import { StateLine } from '../../ui/shared/StateLine.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { ThreadDots } from '../../ui/shared/ThreadDots.tsx'
import { ThreadDown, ThreadDownLegend } from '../../ui/shared/ThreadDown.tsx'
import { residentStations } from './gallery-thread.ts'

const Dialog = lazy(() => import('../../ui/resident/Dialog.tsx').then((module) => ({ default: module.Dialog })))

export function ResidentGallery() {
  const [text, setText] = useState(
    '横塘新村 12 幢到 18 幢那条路，路灯一个多星期没亮了。晚上看不清台阶，前天我妈倒垃圾差点摔一跤，麻烦尽快来修一下。',
  )
  const [whom, setWhom] = useState<string | undefined>('all')
  const [seen, setSeen] = useState<string | undefined>('public')
  const [met, setMet] = useState<string>()
  const [stars, setStars] = useState<number>()
  const [photos, setPhotos] = useState<readonly Photo[]>([])
  const [agree, setAgree] = useState(true)
  const [open, setOpen] = useState(false)
  return (
    <Page
      title="我要反映"
      closing
      back="/"
      dock={
        <Button kind="primary" onClick={() => showToast('已提交，编号 260316004127')}>
          提交
        </Button>
      }
      dockNote={
        <>
          <Icon name="clock" size={18} />
          横塘社区 3 个工作日内答复（11月26日前）
        </>
      }
    >
      <TextArea label="说说您的需求" main counted value={text} onChange={setText}>
        <PhotoPicker bare photos={photos} onChange={setPhotos} />
      </TextArea>
      <RadioBlocks
        label="替谁反映"
        value={whom}
        onChange={setWhom}
        choices={[
          { value: 'self', label: '自己' },
          { value: 'family', label: '家人' },
          { value: 'all', label: '大家' },
        ]}
      />
      <RadioBlocks
        label="谁能看到"
        columns={2}
        value={seen}
        onChange={setSeen}
        choices={[
          { value: 'public', label: '公开', icon: 'eye', note: '邻居能看、能附议；姓名和门牌不显示' },
          { value: 'private', label: '不公开', icon: 'lock', note: '只有您和经办人看，邻居看不到' },
        ]}
      />
      <TextField label="手机号" value="138" onChange={() => undefined} fault="手机号应为 11 位" />
      <Select
        label="类别"
        value=""
        onChange={() => undefined}
        options={[{ value: 'a', label: '物业与公共设施' }]}
        help="由社区最后确认"
      />
      <Checkbox checked={agree} onChange={setAgree}>
        我已阅读并同意
      </Checkbox>
      <Section title="大家都在说" more="全部 87 件" moreTo="/">
        <Card>
          <ItemList>
            <Item
              to="/"
              title="放学后到家长下班这两个多小时，孩子没人看"
              meta={[
                '课后与假期托管',
                <span key="n">
                  <b>63</b> 人附议
                </span>,
                '9月2日',
              ]}
            >
              <ThreadDots
                dots={[
                  { party: 'community', state: 'done' },
                  { party: 'community', state: 'done' },
                  { party: 'community', state: 'done' },
                  { party: 'organization', state: 'now' },
                  { party: 'worker', state: 'next' },
                  { party: 'worker', state: 'next' },
                ]}
                state="征集中"
                note="4 家应征"
              />
            </Item>
            <Item to="/" title="社区活动室周末开到晚上九点" meta={['正在讨论', '54 条意见']} arrow />
          </ItemList>
        </Card>
      </Section>
      <Section title="正在商议" note="第 253 天">
        <Card pad>
          <p>
            <Tag round tone="waiting" icon="clock">
              还剩 4 天
            </Tag>{' '}
            <Tag round tone="progress" icon="clock">
              办理中
            </Tag>{' '}
            <Tag round tone="done" icon="check">
              已实名
            </Tag>
          </p>
          <br />
          <Meter value={316} max={1286} mark={429} label="应到 1286 人，已投 316 人" />
          <br />
          <Button kind="second" icon="ballot" wide onClick={() => setOpen(true)}>
            看两边理由，去投票
          </Button>
          <br />
          <DueLight due="2026-11-20" /> <DueLight due="2026-11-23" /> <DueLight due="2026-12-11" /> <DueLight stopped />
          <br />
          <PartyMark party="organization">苏州市虎丘区暖橙为老服务中心</PartyMark>
          <StateLine
            small
            card={false}
            steps={[
              { key: 'a', label: '提出', date: '11-17', state: 'done' },
              { key: 'b', label: '受理', date: '应于 11-20', state: 'now' },
              { key: 'c', label: '回应', date: '12-15 前', state: 'next' },
              { key: 'd', label: '居民评价', state: 'next' },
            ]}
          />
          <QrText text="https://example.org/needs/1" label="需求二维码" size={96} />
        </Card>
      </Section>
      <Section title="一件事，一条线">
        <Card>
          <ThreadDownLegend />
          <ThreadDown
            stations={residentStations}
            hanging={{
              verdict: (
                <>
                  <b>周末热午饭，解决了吗？</b>
                  <RadioBlocks
                    label="解决了吗"
                    circled
                    value={met}
                    onChange={setMet}
                    choices={[
                      { value: 'met', label: '解决了' },
                      { value: 'partly', label: '部分解决' },
                      { value: 'not', label: '没解决' },
                    ]}
                  />
                  <Stars label="满意程度" value={stars} onChange={setStars} />
                  <Button kind="primary">提交评价</Button>
                </>
              ),
            }}
          />
        </Card>
      </Section>
      <Card>
        <EmptyState
          icon="need"
          title="还没有反映过需求"
          next="想到什么就说一句，社区会在三个工作日内答复。"
          action={<Button kind="second">我要反映</Button>}
        />
      </Card>
      {open && (
        <Suspense fallback={null}>
          <Dialog
            title="确认投票"
            onClose={() => setOpen(false)}
            foot={
              <>
                <Button kind="plain" onClick={() => setOpen(false)}>
                  再想想
                </Button>
                <Button kind="primary">投出</Button>
              </>
            }
          >
            投出后不能更改。
          </Dialog>
        </Suspense>
      )}
    </Page>
  )
}
