import { test } from '@japa/runner'
import ICAL from 'ical.js'
import { icalendar } from '#programme/domain/icalendar'

const EVENTS = [
  {
    uid: 'item-1@ronghe',
    date: '2022-02-28',
    summary:
      '挂牌成立「市融媒体中心」；含逗号, 分号; 反斜杠\\ 和很长很长很长很长很长很长很长的标题',
    description: '第一行\n第二行\r\n第三行 😀'.repeat(4),
    url: 'http://localhost:3333/programme/items/1',
  },
  {
    uid: 'item-2@ronghe',
    date: '2022-03-01',
    endDate: '2022-03-31',
    summary: '人员划转',
    description: '',
    url: 'http://localhost:3333/programme/items/2',
  },
]

test.group('iCalendar', () => {
  const feed = icalendar({ name: '改革日程', events: EVENTS }, '2022-01-10 04:00:00.000')

  test('an independent parser reads back what was written', ({ assert }) => {
    const calendar = new ICAL.Component(ICAL.parse(feed))
    assert.equal(calendar.getFirstPropertyValue('x-wr-calname'), '改革日程')
    const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
    assert.deepEqual(
      events.map(({ uid, summary, description }) => ({ uid, summary, description })),
      EVENTS.map(({ uid, summary, description }) => ({
        uid,
        summary,
        description: description.replaceAll('\r\n', '\n'),
      }))
    )
    assert.deepEqual(
      events.map(({ startDate, endDate }) => [startDate.toString(), endDate.toString()]),
      [
        ['2022-02-28', '2022-03-01'],
        ['2022-03-01', '2022-04-01'],
      ]
    )
    assert.isTrue(events[0].startDate.isDate)
  })

  test('lines end in CR LF and hold 75 octets at most', ({ assert }) => {
    assert.isTrue(feed.endsWith('END:VCALENDAR\r\n'))
    const lines = feed.split('\r\n')
    assert.isTrue(lines.every((line) => !line.includes('\n') && Buffer.byteLength(line) <= 75))
    assert.isTrue(lines.some((line) => line.startsWith(' ')))
  })
})
