import type { PdfDocument } from '#shared/documents/definition'
import { officialNotice } from '#shared/documents/official_notice'
import { civilDate, clock } from '#shared/clock'
import { longDate } from '#shared/dates'
import type { Attendance } from '../domain/bodies.js'
import type { MeetingRow, MeetingSeatRow } from '../queries/meetings.js'
import type { ResolutionRow } from '../queries/resolutions.js'

/** 会议纪要 by GB/T 9704: red head, issue number, text, 议定事项, who came; minutes bear no seal. */
export function minutesPaper(
  meeting: MeetingRow,
  seats: readonly MeetingSeatRow[],
  resolutions: readonly ResolutionRow[]
): PdfDocument {
  const issued = meeting.approvedAt ? civilDate(meeting.approvedAt) : clock.today()
  return officialNotice({
    issuer: `${meeting.bodyName}会议纪要`,
    documentNo: meeting.issueNo ?? '（征求意见稿）',
    title: meeting.title,
    paragraphs: [
      `${longDate(meeting.heldOn, 'zh-CN')}，${meeting.bodyName}在${meeting.place}召开第${meeting.number}次会议。`,
      ...(meeting.minutes ?? '').split(/\n+/).filter(Boolean),
      ...(resolutions.length ? ['会议议定以下事项：'] : []),
      ...resolutions.map((row) => `${row.resolutionNo}．${row.content}${responsible(row)}`),
      ...attendance(seats),
      ...(meeting.observers ? [`列席：${meeting.observers}`] : []),
    ],
    signer: `${meeting.bodyName}办公室`,
    date: issued,
  })
}

function responsible({ leadUnitName, dueOn }: ResolutionRow): string {
  const parts = [
    leadUnitName && `责任单位：${leadUnitName}`,
    dueOn && `完成时限：${longDate(dueOn, 'zh-CN')}`,
  ].filter(Boolean)
  return parts.length ? `（${parts.join('；')}）` : ''
}

function attendance(seats: readonly MeetingSeatRow[]): string[] {
  const named = (states: readonly Attendance[], text: (seat: MeetingSeatRow) => string) =>
    seats.filter(({ state }) => states.includes(state)).map(text)
  const present = named(['present'], ({ title, name }) => `${name}（${title}）`)
  const instead = named(['substitute'], ({ title, substitute }) => `${substitute}（代${title}）`)
  const absent = named(
    ['absent'],
    ({ title, name, reason }) => `${name ?? title}（${reason ?? title}）`
  )
  const lines = []
  if (present.length + instead.length) lines.push(`出席：${[...present, ...instead].join('、')}`)
  if (absent.length) lines.push(`请假：${absent.join('、')}`)
  return lines
}
