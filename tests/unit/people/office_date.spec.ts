import fc from 'fast-check'
import { test } from '@japa/runner'
import { parseOfficeDate, serialDate } from '#people/domain/office_date'
import { parsePhone } from '#people/domain/phone'
import { addDays } from '#shared/dates'
import { dateSerial } from '#shared/spreadsheets/number_format'

test.group('date as an office writes it', () => {
  test('{text} is the month {date}')
    .with([
      { text: '1988.04', date: '1988-04' },
      { text: '1988-4', date: '1988-04' },
      { text: '1988/12', date: '1988-12' },
      { text: '1996年8月', date: '1996-08' },
      { text: '1996年08', date: '1996-08' },
      { text: '198804', date: '1988-04' },
      { text: '2018.02', date: '2018-02' },
      { text: ' １９８８．０４ ', date: '1988-04' },
      { text: '1988。4', date: '1988-04' },
    ])
    .run(({ assert }, { text, date }) => {
      assert.deepEqual(parseOfficeDate(text), { ok: true, date, precision: 'month' })
    })

  test('{text} is the day {date}')
    .with([
      { text: '1988/04/05', date: '1988-04-05' },
      { text: '1996.08.17', date: '1996-08-17' },
      { text: '1996年8月7日', date: '1996-08-07' },
      { text: '19960817', date: '1996-08-17' },
      { text: '2000-02-29', date: '2000-02-29' },
      { text: '2010-03-01 08:30:00', date: '2010-03-01' },
    ])
    .run(({ assert }, { text, date }) => {
      assert.deepEqual(parseOfficeDate(text), { ok: true, date, precision: 'day' })
    })

  test('{value} is refused: {error}')
    .with<{ value: string | number; error: string }[]>([
      { value: '', error: 'date_missing' },
      { value: '　', error: 'date_missing' },
      { value: '1988', error: 'invalid_date' },
      { value: '1988.13', error: 'invalid_date' },
      { value: '1988.00', error: 'invalid_date' },
      { value: '2001.02.29', error: 'invalid_date' },
      { value: '88.04', error: 'invalid_date' },
      { value: '不详', error: 'invalid_date' },
      { value: '99999', error: 'invalid_date' },
      { value: 1988.1, error: 'invalid_date' },
      { value: 1988, error: 'invalid_date' },
      { value: -5, error: 'invalid_date' },
      { value: Number.NaN, error: 'invalid_date' },
    ])
    .run(({ assert }, { value, error }) => {
      assert.deepEqual(parseOfficeDate(value), { ok: false, error: error as never })
    })

  test('a bare serial number is read and said', ({ assert }) => {
    const read = { ok: true, date: '2015-05-01', precision: 'day', serial: true } as const
    assert.deepEqual(parseOfficeDate(42125), read)
    assert.deepEqual(parseOfficeDate('42125'), read)
    assert.deepEqual(parseOfficeDate(42125.75), read)
    assert.deepEqual(parseOfficeDate(42125 - 1462, 1904), read)
    assert.deepEqual(parseOfficeDate(1988.04), { ok: true, date: '1988-04', precision: 'month' })
    assert.deepEqual(parseOfficeDate(198812), { ok: true, date: '1988-12', precision: 'month' })
    assert.deepEqual(parseOfficeDate(19881205), {
      ok: true,
      date: '1988-12-05',
      precision: 'day',
    })
  })

  test('serials follow both systems', ({ assert }) => {
    assert.equal(serialDate(1), '1900-01-01')
    assert.equal(serialDate(59), '1900-02-28')
    assert.equal(serialDate(61), '1900-03-01')
    assert.equal(serialDate(0, 1904), '1904-01-01')
  })

  test('every day comes back from its serial and from each way of writing', () => {
    const day = fc.integer({ min: 0, max: 49_000 }).map((days) => addDays('1927-06-01', days))
    fc.assert(
      fc.property(day, (date) => {
        const [year, month, of] = date.split('-')
        const texts = [`${year}.${Number(month)}.${Number(of)}`, `${year}年${month}月${of}日`, date]
        return (
          serialDate(dateSerial(date)!) === date &&
          texts.every((text) => {
            const parsed = parseOfficeDate(text)
            return parsed.ok && parsed.date === date
          })
        )
      }),
      { numRuns: 200 }
    )
  })
})

test.group('phone', () => {
  test('{text} becomes {phone}')
    .with([
      { text: '19960958937', phone: '19960958937', notes: [] },
      { text: '199-1143 0680', phone: '19911430680', notes: ['normalised_separators'] },
      { text: '199 1143 0680', phone: '19911430680', notes: ['normalised_spaces'] },
      { text: '+86 19911430680', phone: '19911430680', notes: ['normalised_separators'] },
      { text: '(0816)2223344', phone: '08162223344', notes: ['normalised_separators'] },
      { text: '１９９１１４３０６８０', phone: '19911430680', notes: ['normalised_full_width'] },
      { text: '62223344', phone: '62223344', notes: [] },
    ])
    .run(({ assert }, { text, phone, notes }) => {
      assert.deepEqual(parsePhone(text), { ok: true, phone, notes: notes as never[] })
    })

  test('{text} is no phone number')
    .with(['', '1991143068', '199114306801', '19911430680/19911430681', '12911430680', '无'])
    .run(({ assert }, text) => {
      assert.deepEqual(parsePhone(text), { ok: false, error: 'invalid_phone' })
    })
})
