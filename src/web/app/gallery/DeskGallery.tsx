// Development only: the desk's components in one place, to look at. `?part=list|form|dialogs`, else the record page.
import { useState } from 'react'
import { useAddressQuery } from '../address.ts'
import { ConfirmAct } from '../../ui/desk/ConfirmAct.tsx'
import { ContractForm } from '../../ui/desk/ContractForm.tsx'
import { DeskButton } from '../../ui/desk/DeskButton.tsx'
import { DeskCard } from '../../ui/desk/DeskCard.tsx'
import { GoalMeters } from '../../ui/desk/GoalMeters.tsx'
import { ListPage } from '../../ui/desk/ListPage.tsx'
import { MoneySplit } from '../../ui/desk/MoneySplit.tsx'
import { RecordPage, Split } from '../../ui/desk/RecordPage.tsx'
import { RelatedList } from '../../ui/desk/RelatedList.tsx'
import { SecondFactorDialog } from '../../ui/desk/SecondFactorDialog.tsx'
import { TransferList } from '../../ui/desk/TransferList.tsx'
import { DueLight } from '../../ui/shared/DueLight.tsx'
import { Tag } from '../../ui/shared/Tag.tsx'
import { Thread, ThreadLegend } from '../../ui/shared/Thread.tsx'
import { endpoint } from '../../../kit/endpoint.ts'
import { z } from '../no-zod.ts'
import { deskStations } from './gallery-thread.ts'

type Row = {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly category: string
  readonly supports: number
  readonly state: string
  readonly due: string
  readonly by: string
}

// the stand-in satisfies the shape of a schema at run time; here only name and path matter
const schema = z as never
const listGallery = endpoint({
  name: 'listGallery',
  method: 'GET',
  path: '/gallery',
  access: 'public',
  output: schema,
  refusals: [],
  summary: 'gallery',
  exportable: true,
})
const formGallery = endpoint({
  name: 'formGallery',
  method: 'POST',
  path: '/gallery',
  access: 'public',
  output: schema,
  refusals: [],
  summary: 'gallery',
})

function GalleryList() {
  return (
    <ListPage<Row>
      title="需求"
      note="横塘社区，本年 441 件"
      endpoint={listGallery}
      rowKey={(row) => row.id}
      to={(row) => `/desk/needs/${row.id}`}
      beside={(row, close) => (
        <DeskCard
          title={row.title}
          extra={<DeskButton small bare kind="quiet" icon="close" label="关闭" onClick={close} />}
          pad
        >
          {row.number}
        </DeskCard>
      )}
      primary={
        <DeskButton kind="primary" icon="plus">
          代居民登记
        </DeskButton>
      }
      views={[
        { key: 'all', label: '全部在办', filters: {}, count: 63 },
        { key: 'wait', label: '待受理', filters: { state: 'submitted' }, count: 6 },
      ]}
      filters={[
        {
          name: 'state',
          label: '状态',
          kind: 'choice',
          options: [
            { value: 'submitted', label: '待受理' },
            { value: 'open', label: '在办' },
          ],
        },
        { name: 'grid', label: '网格', kind: 'division' },
        { name: 'q', label: '关键字', kind: 'text' },
        { name: 'from', label: '提出时间', kind: 'date' },
      ]}
      sorts={[
        { value: 'due', label: '按期限' },
        { value: 'created', label: '按提出时间' },
      ]}
      bulk={[
        { key: 'accept', label: '受理', icon: 'check', run: async () => undefined },
        { key: 'merge', label: '归并', icon: 'merge', off: () => '三件分属不同类别', run: async () => undefined },
      ]}
      columns={[
        { key: 'number', title: '编号', width: 72, cell: (row) => row.number },
        { key: 'title', title: '需求', main: true, cell: (row) => row.title },
        { key: 'category', title: '类别', width: 110, cell: (row) => row.category },
        { key: 'supports', title: '附议', width: 60, align: 'right', cell: (row) => row.supports },
        { key: 'state', title: '状态', width: 110, cell: (row) => <Tag tone="waiting">{row.state}</Tag> },
        { key: 'due', title: '期限', width: 120, sort: 'due', cell: (row) => <DueLight due={row.due} /> },
        { key: 'by', title: '经办', width: 100, cell: (row) => row.by },
      ]}
    />
  )
}

function GalleryDialogs() {
  const [chosen, setChosen] = useState<readonly string[]>(['b'])
  const [open, setOpen] = useState<'confirm' | 'factor'>()
  return (
    <>
      <h1>对话框</h1>
      <TransferList
        items={[
          { key: 'a', label: '陈明', note: '全科社工' },
          { key: 'b', label: '李芳' },
          { key: 'c', label: '王军' },
        ]}
        chosen={chosen}
        onChange={setChosen}
      />
      <p>
        <DeskButton onClick={() => setOpen('confirm')}>不予受理</DeskButton>{' '}
        <DeskButton onClick={() => setOpen('factor')}>签订</DeskButton>
      </p>
      {open === 'confirm' && (
        <ConfirmAct
          title="不予受理这件需求？"
          what="居民会收到理由，可以申诉一次。"
          verb="不予受理"
          danger
          reason="required"
          onConfirm={() => setOpen(undefined)}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'factor' && (
        <SecondFactorDialog
          what="签订合同 合2026-0017"
          onCode={() => setOpen(undefined)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}

export function DeskGallery() {
  const [query] = useAddressQuery()
  if (query['part'] === 'list') return <GalleryList />
  if (query['part'] === 'form')
    return (
      <>
        <h1>发布征集公告</h1>
        <ContractForm endpoint={formGallery} domain="needs" onDone={() => undefined} onCancel={() => undefined} />
      </>
    )
  if (query['part'] === 'dialogs') return <GalleryDialogs />
  const steps = ['起草', '居民评议', '街道审核', '批准', '采购', '签约', '实施', '评估', '完成']
  const dates = [
    '05-06',
    '05-11—05-18',
    '05-25',
    '05-27',
    '06-08—07-09',
    '07-14',
    '07-20 起，第 127 天',
    '计划 2027-01',
    '计划 2027-02',
  ]
  return (
    <RecordPage
      crumbs={[{ label: '服务项目', to: '/desk/projects' }, { label: '2026 年' }]}
      number="项2026-0038"
      title="横塘社区高龄独居老人助餐与陪诊服务"
      state={{ label: '实施中', icon: 'delivery' }}
      primary="accept"
      more={
        <button type="button" role="menuitem">
          复制链接
        </button>
      }
      acts={[
        { key: 'accept', label: '验收第二里程碑', onAct: () => undefined },
        {
          key: 'amend',
          label: '提出变更',
          icon: 'contract',
          hint: '合同价可增不超过 10%，须双方签章',
          onAct: () => undefined,
        },
        {
          key: 'rectify',
          label: '要求整改',
          icon: 'evaluation',
          hint: '可附问题清单，限期 10 个工作日',
          onAct: () => undefined,
        },
        { key: 'score', label: '终期评分', off: '您是本项目设计人，不得参加评审和评分' },
        { key: 'pay', label: '拨付款项', off: '验收人不得付款，由街道结算岗办理' },
      ]}
      steps={steps.map((label, index) => ({
        key: label,
        label,
        date: dates[index],
        state: index < 6 ? 'done' : index === 6 ? 'now' : 'next',
      }))}
      facts={[
        { label: '服务对象', value: '75 岁以上独居老人 186 人' },
        { label: '采购方式', value: '合同外包（公开征集）' },
        { label: '服务期', value: '2026-07-20 至 2027-01-31' },
        {
          label: '承接组织',
          span: 2,
          value: (
            <>
              苏州市虎丘区暖邻社会工作服务中心 <Tag tone="organization">社会服务机构 4A</Tag>
            </>
          ),
        },
        { label: '信用代码', value: '52320505MJ52K38216' },
        { label: '预期成效', span: 2, value: '每周助餐不少于 900 份次；陪诊每月不少于 60 人次；满意率不低于 90%' },
        { label: '设计人', value: '周敏华、沈佳怡' },
        { label: '居民依据', span: 2, value: '协商决议 议2026-0004，应到 520 户，实到 412 户，赞成率 85.2%' },
        { label: '区划代码', value: '320505001002' },
      ]}
      updated="2026-11-16T07:40:00.000Z"
      due={<DueLight due="2026-11-25" words="验收期限 11-25" />}
      timeline={[
        {
          key: '1',
          party: 'organization',
          actor: '暖邻社工中心 刘雨婷',
          at: '2026-11-16T07:40:00.000Z',
          what: '提交第二里程碑，附服务记录 612 条、照片 148 张',
        },
        {
          key: '2',
          party: 'community',
          actor: '沈佳怡',
          delegatedBy: '周敏华（11-02 至 11-13）',
          at: '2026-11-06T02:12:00.000Z',
          what: '同意变更：增加周六助餐，合同价不变',
        },
        {
          key: '3',
          party: 'money',
          actor: '街道结算岗 高文涛',
          at: '2026-09-30T08:05:00.000Z',
          what: '第一里程碑 80,400.00 元支付到账',
        },
        {
          key: '4',
          party: 'resident',
          actor: '沈佳怡',
          onBehalfOf: '居民张*英（78 岁）登记',
          at: '2026-03-09T02:26:00.000Z',
          what: '起点：提出需求 需2026-0087，本人已收到短信',
        },
      ]}
      tabs={[
        {
          key: 'thread',
          label: '一条线',
          icon: 'thread',
          extra: <ThreadLegend />,
          content: <Thread stations={deskStations} />,
        },
        { key: 'records', label: '服务记录', count: 1284, content: <p>…</p> },
        { key: 'files', label: '附件', count: 6, content: <p>…</p> },
      ]}
    >
      <Split>
        <RelatedList
          records={[
            {
              key: 'a',
              icon: 'need',
              number: '需2026-0087',
              title: '母亲一个人住，看病没人陪',
              to: '/desk',
              state: '回应中',
            },
            {
              key: 'b',
              icon: 'deliberation',
              number: '议2026-0004',
              title: '为独居老人购买助餐、陪诊服务',
              to: '/desk',
              state: '已通过',
              tone: 'done',
            },
            {
              key: 'c',
              icon: 'tender',
              number: '采2026-0011',
              title: '征集公告与评审结果',
              to: '/desk',
              state: '已成交',
              tone: 'done',
            },
            {
              key: 'd',
              icon: 'contract',
              number: '合2026-0017',
              title: '服务合同（含 1 次变更）',
              to: '/desk',
              state: '履行中',
              tone: 'progress',
            },
          ]}
        />
        <MoneySplit
          title="本项目资金"
          parts={[
            { key: 'a', label: '已支付（第一里程碑 30%）', amount: '80400.00', kind: 'paid' },
            { key: 'b', label: '待验收（第二里程碑 40%）', amount: '107200.00', kind: 'due' },
            { key: 'c', label: '未到期（第三里程碑 30%）', amount: '80400.00', kind: 'later' },
            { key: 'd', label: '采购结余，已退回福彩公益金', amount: '18000.00', kind: 'returned' },
          ]}
        />
      </Split>
      <GoalMeters
        title="成效进度"
        note="由服务记录计算，截至 11-22"
        goals={[
          { key: 'a', label: '每周助餐', value: 942, target: 900, unit: '份次', remark: '已达标', reached: true },
          { key: 'b', label: '每月陪诊', value: 56, target: 60, unit: '人次', remark: '差 4 人次', reached: false },
          {
            key: 'c',
            label: '满意率',
            value: 94.8,
            target: 90,
            unit: '%',
            remark: '58 份答卷，误差 ±5.7%',
            reached: true,
          },
        ]}
      />
    </RecordPage>
  )
}
