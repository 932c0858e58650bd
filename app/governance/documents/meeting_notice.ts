import type { PdfDocument } from '#shared/documents/definition'
import { officialNotice } from '#shared/documents/official_notice'
import { clock } from '#shared/clock'
import { longDate } from '#shared/dates'
import type { ItemRow, MeetingRow, MeetingSeatRow } from '../queries/meetings.js'

/** 会议通知: when, where, what about, to whom. */
export function meetingNotice(
  meeting: MeetingRow,
  items: readonly ItemRow[],
  seats: readonly MeetingSeatRow[]
): PdfDocument {
  const invited = seats.filter(({ state }) => state !== 'vacant')
  return officialNotice({
    issuer: `${meeting.bodyName}办公室`,
    title: `关于召开${meeting.title}的通知`,
    recipient: invited.length
      ? [...new Set(invited.map(({ title }) => title))].join('、')
      : '各成员单位',
    paragraphs: [
      `经研究，定于${longDate(meeting.heldOn, 'zh-CN')}${meeting.startsAt}在${meeting.place}召开${meeting.bodyName}第${meeting.number}次会议。现将有关事项通知如下。`,
      '一、会议议题',
      ...items.map(
        ({ itemNo, title, unitName }) =>
          `（${itemNo}）${title}${unitName ? `（汇报单位：${unitName}）` : ''}`
      ),
      '二、有关要求',
      '请安排好工作，准时参会；因故不能参会的，请于会前向办公室请假并说明代为参会人员姓名和职务。',
    ],
    date: clock.today(),
    seal: true,
  })
}
