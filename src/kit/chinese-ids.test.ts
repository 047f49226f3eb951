// Tests of Chinese identifiers over published examples, of reading what people type, and of masks that hide enough.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import vectors from '../../tests/standards/identifiers/vectors.json' with { type: 'json' }
import {
  citizenId,
  citizenIdCheck,
  findPersonalNumbers,
  isCitizenId,
  isOrgCode,
  isPhone,
  isUscc,
  makeCitizenId,
  makeUscc,
  maskCitizenId,
  maskName,
  maskPhone,
  orgCode,
  parseCitizenId,
  parseUscc,
  phone,
  plainPhone,
  uscc,
} from './chinese-ids.ts'
import { addDays, plainDateOf } from './plain-date.ts'

describe('a unified social credit code', () => {
  it.each([...vectors.uscc.valid, ...vectors.uscc.syntheticSocialOrgs])('%s is one', (code) => {
    expect(isUscc(code)).toBe(true)
    expect(isOrgCode(parseUscc(code)?.orgCode ?? '')).toBe(true)
  })

  it.each([...vectors.uscc.invalid, '', '91110000600037341l', '9111000060003734IL', ' 91110000600037341L'])(
    '%j is none',
    (code) => {
      expect(isUscc(code)).toBe(false)
      expect(parseUscc(code)).toBeUndefined()
    },
  )

  it('notices every single wrong character and every two neighbours that changed places', () => {
    const alphabet = vectors.uscc.alphabet
    for (const code of vectors.uscc.valid) {
      for (let at = 0; at < 18; at += 1) {
        for (const other of alphabet.replace(code.charAt(at), '')) {
          expect(isUscc(code.slice(0, at) + other + code.slice(at + 1))).toBe(false)
        }
        const swapped = code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2)
        if (swapped !== code) expect(isUscc(swapped)).toBe(false)
      }
    }
  })

  it('says who registered what where', () => {
    expect(parseUscc('5232050850001234XC')).toEqual({
      authority: '5',
      category: '2',
      division: '320508',
      orgCode: '50001234X',
    })
    expect(makeUscc({ authority: '5', category: '2', division: '320508', orgBody: '50001234' })).toBe(
      '5232050850001234XC',
    )
    expect(() => makeUscc({ authority: '5', category: 'I', division: '320508', orgBody: '50001234' })).toThrow(
      RangeError,
    )
    expect(() => makeUscc({ authority: '5', category: '1', division: '320508', orgBody: '5000123' })).toThrow(
      RangeError,
    )
  })

  it('is taken in lower case, with spaces and in full width, and kept in one form', () => {
    expect(uscc.parse(' 91350100m000100y43 ')).toBe('91350100M000100Y43')
    expect(uscc.parse('９１１１００００ 600037341Ｌ')).toBe('91110000600037341L')
    expect(uscc.safeParse('91110000600037341M').success).toBe(false)
    expect(z.toJSONSchema(uscc, { io: 'input' })).toMatchObject({ type: 'string', format: 'uscc' })
  })
})

describe('an organization code', () => {
  it.each(vectors.orgCode.valid)('%s is one', (code) => {
    expect(isOrgCode(code)).toBe(true)
  })

  it('is taken with its hyphen and refused with a wrong check', () => {
    expect(orgCode.parse('d2143569-x')).toBe('D2143569X')
    expect(orgCode.safeParse('D2143569-1').success).toBe(false)
    expect(isOrgCode('60003734')).toBe(false)
  })
})

describe('a citizen number', () => {
  it.each(vectors.citizenId.valid)('%s is one', (number) => {
    expect(isCitizenId(number)).toBe(true)
  })

  it.each([...vectors.citizenId.invalid, '', '11010519491231002x', '110105491231002'])('%j is none', (number) => {
    expect(isCitizenId(number)).toBe(false)
  })

  it('is refused for a day that does not exist even when its check is right', () => {
    for (const day of ['20250229', '20251301', '20250431', '20250000']) {
      const first17 = `320508${day}001`
      expect(isCitizenId(first17 + (citizenIdCheck(first17) ?? '')), day).toBe(false)
    }
  })

  it('says birth date and sex, and keeps a place that is on no list any more', () => {
    expect(parseCitizenId('11010519491231002X')).toEqual({ place: '110105', birth: '1949-12-31', sex: 'female' })
    expect(parseCitizenId('440524188001010014')).toMatchObject({ birth: '1880-01-01', sex: 'male' })
    expect(isCitizenId(makeCitizenId({ place: '320586', birth: plainDateOf('1950-06-15'), sequence: 12 }))).toBe(true)
  })

  it('is made and read back for any birth date and sequence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 999 }), (days, sequence) => {
        const birth = addDays(plainDateOf('1900-01-01'), days)
        const made = makeCitizenId({ place: '320508', birth, sequence })
        expect(parseCitizenId(made)).toEqual({ place: '320508', birth, sex: sequence % 2 === 1 ? 'male' : 'female' })
      }),
    )
    expect(() => makeCitizenId({ place: '320508', birth: plainDateOf('1950-06-15'), sequence: 1000 })).toThrow(
      RangeError,
    )
  })

  it('is taken with a small x', () => {
    expect(citizenId.parse('110105 19491231 002x')).toBe('11010519491231002X')
    expect(citizenId.safeParse('36042619910102009X').success).toBe(false)
  })
})

describe('a mobile number', () => {
  it.each(['13812345678', '+86 138-1234-5678', '8613812345678', '００８６13812345678', '138 1234 5678'])(
    'is read from %j',
    (text) => {
      expect(phone.parse(text)).toBe('13812345678')
    },
  )

  it.each(['12812345678', '1381234567', '138123456789', '0512-65123456', '+1 3812345678', ''])('is not %j', (text) => {
    expect(isPhone(plainPhone(text))).toBe(false)
    expect(phone.safeParse(text).success).toBe(false)
  })
})

describe('a mask', () => {
  it.each([
    ['张三丰', '张*丰'],
    ['张三', '张*'],
    ['张', '*'],
    ['', ''],
    ['欧阳修文', '欧**文'],
    ['𠮷野家', '𠮷*家'],
    ['阿依古丽·买买提', '阿******提'],
  ])('makes of %s %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  it('leaves three and four characters of a number, and none of a short one', () => {
    expect(maskCitizenId('320508195006151234')).toBe('320***********1234')
    expect(maskPhone('13812345678')).toBe('138****5678')
    expect(maskPhone('1381234')).toBe('*******')
    expect(maskCitizenId('')).toBe('')
  })
})

describe('personal numbers in what people write', () => {
  it('are found with their place in the text', () => {
    const text = '请联系王阿姨，电话138 1234 5678，身份证11010519491231002x。'
    expect(findPersonalNumbers(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ['phone', '138 1234 5678'],
      ['citizen-id', '11010519491231002x'],
    ])
    expect(findPersonalNumbers('手机１３８１２３４５６７８')).toHaveLength(1)
  })

  it('are not seen in other numbers', () => {
    for (const text of [
      '订单20261123000012345',
      '3号楼2单元501室',
      '2026-11-23 至 2026-12-31',
      '社会信用代码91110000600037341L',
      '电话0512-65123456',
    ]) {
      expect(findPersonalNumbers(text), text).toEqual([])
    }
  })
})
