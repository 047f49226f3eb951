// The categories of needs (data/taxonomy.csv): 20 classes of two digits, their kinds of four; their names stand in the words.

/** Every code, a class before its kinds. */
export const categoryCodes = [
  '01', '0101', '0102', '0103', '0104', '0105', '0106', '0107',
  '02', '0201', '0202', '0203', '0204', '0205',
  '03', '0301', '0302', '0303',
  '04', '0401', '0402', '0403', '0404',
  '05',
  '06', '0601', '0602', '0603',
  '07', '0701', '0702', '0703',
  '08', '0801', '0802', '0803', '0804', '0805', '0806',
  '09', '0901', '0902', '0903', '0904',
  '10', '1001', '1002', '1003', '1004',
  '11', '1101', '1102', '1103', '1104',
  '12', '1201', '1202', '1203', '1204', '1205',
  '13', '1301', '1302', '1303', '1304',
  '14', '1401', '1402',
  '15', '1501', '1502',
  '16',
  '17',
  '18', '1801', '1802',
  '19',
  '20',
] as const

export type CategoryCode = (typeof categoryCodes)[number]

/** Wishes for culture, sport and learning: told apart from everyday needs, since the gap between the two is what the paper found. */
export const entertainmentCategories: readonly CategoryCode[] = ['13', '1301', '1302', '1303', '1304', '1401']

/** Whether a need of this category is an everyday need or one for entertainment. */
export function categoryKind(code: CategoryCode): 'everyday' | 'entertainment' {
  return entertainmentCategories.includes(code) ? 'entertainment' : 'everyday'
}
