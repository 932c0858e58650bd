import fc from 'fast-check'
import { test } from '@japa/runner'
import {
  checkDigit,
  maskAccount,
  maskIdentity,
  maskPhone,
  parseIdentityCell,
  parseIdentityNo,
} from '#people/domain/identity_no'
import { addDays } from '#shared/dates'

const birth = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1930-01-01', days))
const identity = fc.record({ birth, order: fc.nat(999) }).map(({ birth: date, order }) => {
  const digits = `519900${date.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  return digits + checkDigit(digits)
})

test.group('identity number', () => {
  test('{text} is put right: {notes}')
    .with([
      { text: '51990019970119488X', notes: [] },
      { text: '51990019970119488x', notes: ['normalised_code'] },
      { text: '５１９９００１９９７０１１９４８８Ｘ', notes: ['normalised_full_width'] },
      { text: ' 519900 19970119 488X ', notes: ['normalised_spaces'] },
      { text: '519900-19970119-488X', notes: ['normalised_separators'] },
      { text: '519900- 19970119-488X', notes: ['normalised_separators'] },
    ])
    .run(({ assert }, { text, notes }) => {
      assert.deepEqual(parseIdentityNo(text), {
        ok: true,
        normalised: '51990019970119488X',
        birth: '1997-01-19',
        sex: 'female',
        notes: notes as never[],
      })
    })

  test('{text} is refused: {error}')
    .with([
      { text: '', error: 'identity_missing' },
      { text: ' 　', error: 'identity_missing' },
      { text: '519900751119204', error: 'identity_old_number' },
      { text: '5.19900199302188E+17', error: 'identity_precision_lost' },
      { text: '5E17', error: 'identity_precision_lost' },
      { text: '51990019751106195', error: 'identity_format' },
      { text: '5199001975110619567', error: 'identity_format' },
      { text: '51990X19751106195X', error: 'identity_format' },
      { text: '519900199702300010', error: 'identity_birth_invalid' },
      { text: '519900197013010010', error: 'identity_birth_invalid' },
      { text: '519900199612213871', error: 'identity_check_digit' },
    ])
    .run(({ assert }, { text, error }) => {
      assert.deepEqual(parseIdentityNo(text), { ok: false, error: error as never })
    })

  test('cannot come out of a cell that holds a number', ({ assert }) => {
    const errorOf = (value: number) => {
      const parsed = parseIdentityCell(value)
      return parsed.ok ? null : parsed.error
    }
    assert.equal(errorOf(519900199302188000), 'identity_precision_lost')
    assert.equal(errorOf(519900751119204), 'identity_old_number')
    assert.equal(errorOf(5199.5), 'identity_format')
    assert.isTrue(parseIdentityCell('51990019970119488X').ok)
  })

  test('has the check digit of the standard', ({ assert }) => {
    assert.equal(checkDigit('11010519491231002'), 'X')
    assert.equal(checkDigit('44052418800101001'), '4')
    assert.throws(() => checkDigit('123'), RangeError)
  })

  test('with one digit changed, or two neighbours exchanged, is never taken for right', () => {
    fc.assert(
      fc.property(identity, fc.nat(16), fc.integer({ min: 1, max: 9 }), (text, place, by) => {
        const digit = String((Number(text[place]) + by) % 10)
        const changed = text.slice(0, place) + digit + text.slice(place + 1)
        const swapped = text.slice(0, place) + text[place + 1] + text[place] + text.slice(place + 2)
        return !parseIdentityNo(changed).ok && (swapped === text || !parseIdentityNo(swapped).ok)
      }),
      { numRuns: 500 }
    )
  })
})

test.group('masks', () => {
  test('{text} is shown as {masked}')
    .with([
      { mask: maskIdentity, text: '51990019970119488X', masked: '5199**********488X' },
      { mask: maskPhone, text: '19911430680', masked: '199****0680' },
      { mask: maskPhone, text: '62223344', masked: '******44' },
      { mask: maskAccount, text: '6222020000001234567', masked: '***************4567' },
      { mask: maskAccount, text: '12345', masked: '*****' },
      { mask: maskIdentity, text: '123456789', masked: '*********' },
      { mask: maskPhone, text: '', masked: '' },
    ])
    .run(({ assert }, { mask, text, masked }) => {
      assert.equal(mask(text), masked)
    })
})
