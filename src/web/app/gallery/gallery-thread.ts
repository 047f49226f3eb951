// Made-up stations for the galleries: the line of the mock-ups.
import type { Station } from '../../ui/shared/station.ts'

export const deskStations: readonly Station[] = [
  { key: 'need', label: '需求', party: 'resident', state: 'done', icon: 'need', date: '03-09', fact: '张*英等 3 件' },
  { key: 'support', label: '附议', party: 'resident', state: 'done', icon: 'up', date: '至 03-31', fact: '63 位邻居' },
  { key: 'deliberation', label: '协商', party: 'community', state: 'done', icon: 'deliberation', date: '04-24', fact: '351 户赞成 / 412 户' },
  { key: 'project', label: '立项', party: 'community', state: 'done', icon: 'project', date: '05-27', fact: '横塘社区设计', money: { label: '预算', amount: '286000.00', happened: true } },
  { key: 'procurement', label: '采购', party: 'government', state: 'done', icon: 'tender', date: '06-26', fact: '4 家投标', money: { label: '中标', amount: '268000.00', happened: true } },
  { key: 'contract', label: '合同', party: 'organization', state: 'done', icon: 'contract', date: '07-14', fact: '暖邻社工中心', money: { label: '冻结', amount: '268000.00', happened: true } },
  { key: 'delivery', label: '实施', party: 'worker', state: 'now', icon: 'delivery', date: '07-20 起', fact: '6 名社工 23 名志愿者', money: { label: '已付', amount: '80400.00', happened: true } },
  { key: 'payment', label: '验收付款', party: 'government', state: 'next', icon: 'yuan', date: '期限 11-25', fact: '第二里程碑', money: { label: '应付', amount: '107200.00', happened: false } },
  { key: 'evaluation', label: '评估', party: 'government', state: 'next', icon: 'evaluation', date: '2027-01', fact: '第三方评估', money: { label: '应付', amount: '80400.00', happened: false } },
  { key: 'verdict', label: '居民评价', party: 'resident', state: 'next', icon: 'star', date: '2027-02', fact: '张*英等 3 人' },
]

export const residentStations: readonly Station[] = [
  { key: 'need', label: '需求', party: 'community', state: 'done', icon: 'need', date: '3月16日', actor: '居民 王**', fact: ['第二天社区受理。', '47 人附议，转入议事。'], to: '/' },
  { key: 'deliberation', label: '议事', party: 'community', state: 'done', icon: 'deliberation', date: '4月15日', actor: '横塘社区居民议事会', fact: ['应到 1,286 人，实投 486 人。', '同意 441，不同意 28，弃权 17。'], to: '/' },
  { key: 'project', label: '项目', party: 'community', state: 'done', icon: 'project', date: '5月12日', actor: '横塘社区居民委员会', fact: '设计“周末助餐”项目，服务 38 位老人 20 周；横塘街道批准。', money: { label: '预算', amount: '132000.00', happened: true }, to: '/' },
  { key: 'contract', label: '合同', party: 'organization', state: 'done', icon: 'contract', date: '6月25日', actor: '街道、社区与暖橙为老服务中心', fact: '三方签订，分三期按结果付款。', money: { label: '合同价', amount: '128500.00', happened: true }, to: '/' },
  { key: 'delivery', label: '服务', party: 'worker', state: 'done', icon: 'delivery', date: '11月15日', actor: '社工 陈**、李** 和 23 位志愿者', fact: '周末送餐 40 天，共 1,486 份，准时率 98.3%。', money: { label: '已付两期', amount: '77100.00', happened: true }, to: '/' },
  { key: 'evaluation', label: '评估', party: 'government', state: 'now', icon: 'evaluation', date: '12月4日前', chip: { text: '进行中' }, actor: '苏州众衡社会服务评估中心', fact: ['中期评估得 92.5 分。', '期末要回访 38 户，已访 26 户。'], to: '/' },
  { key: 'verdict', label: '回音', party: 'community', state: 'now', icon: 'star', date: '12月11日前', chip: { text: '等您', waiting: true } },
  { key: 'close', label: '接下来：结清', party: 'government', state: 'next', icon: 'yuan', date: '12月18日前', actor: '横塘街道办事处', fact: '按评估得分付尾款，12月25日前公开全部账目。', money: { label: '待付尾款', amount: '51400.00', happened: true } },
]
