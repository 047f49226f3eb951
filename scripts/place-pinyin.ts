// Pinyin of Jiangsu place names: pinyin-pro plus the local readings that it does not know.
import { customPinyin, pinyin } from 'pinyin-pro'

/**
 * Readings as the places themselves say them. 圩 is a dyked field in Jiangsu (wéi), not a southern market (xū); 都 in a place is never “all” (dōu);
 * 单, 仇, 查, 曾, 缪 before 家, 庄 and the like are surnames.
 */
const LOCAL_READINGS: Readonly<Record<string, string>> = {
  六合区: 'lù hé qū',
  六合开发: 'lù hé kāi fā',
  重岗: 'chóng gǎng',
  都: 'dū',
  溱: 'qín',
  竹行: 'zhú háng',
  长江: 'cháng jiāng',
  浒墅: 'xǔ shù',
  浒关: 'xǔ guān',
  栟茶: 'bēn chá',
  栟: 'bēn',
  圩: 'wéi',
  仇湖: 'qiú hú',
  东氿: 'dōng jiǔ',
  西氿: 'xī jiǔ',
  团氿: 'tuán jiǔ',
  氿: 'jiǔ',
  ...surnameReadings('单', 'shàn'),
  ...surnameReadings('仇', 'qiú'),
  ...surnameReadings('查', 'zhā'),
  ...surnameReadings('曾', 'zēng'),
  ...surnameReadings('缪', 'miào'),
}

customPinyin(LOCAL_READINGS)

/** 'gusuqu gsq': the syllables run together, a space, the initials. Lower case, no tones, ü written v. */
export function placePinyin(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }).map((syllable) =>
    syllable
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  )
  return `${syllables.join('')} ${syllables.map((syllable) => syllable.slice(0, 1)).join('')}`
}

function surnameReadings(surname: string, reading: string): Record<string, string> {
  const followers: Readonly<Record<string, string>> = {
    家: 'jiā',
    庄: 'zhuāng',
    楼: 'lóu',
    集: 'jí',
    圩: 'wéi',
    巷: 'xiàng',
    桥: 'qiáo',
    湾: 'wān',
    港: 'gǎng',
    舍: 'shè',
    岗: 'gǎng',
    埝: 'niàn',
  }
  return Object.fromEntries(
    Object.entries(followers).map(([place, sound]) => [`${surname}${place}`, `${reading} ${sound}`]),
  )
}
