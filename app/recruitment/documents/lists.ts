import type { I18n } from '@adonisjs/i18n'
import type { PdfDocument } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'
import type { Register } from '#shared/spreadsheets/register_writer'
import { maskedName } from '../domain/masked_name.js'
import { formatScore } from '../domain/scoring.js'
import { isProposed, type ApplicationRow } from '../queries/applications.js'
import type { RecruitmentRow } from '../queries/recruitments.js'

/** 报名登记表, 考场座次表, 成绩排名表, 拟聘人员 (on paper: 公示) */
export const LISTS = ['applications', 'seats', 'ranking', 'publicity'] as const
export type ListName = (typeof LISTS)[number]

interface Column {
  /** Below `recruitment.fields.`; and as it stands on paper. */
  name: string
  label: string
  width?: number
  numeric?: boolean
  of: (row: ApplicationRow, i18n: I18n | null) => string | number | null
}

const text = (name: string, label: string, of: Column['of'], width?: number): Column => ({
  name,
  label,
  of,
  width,
})
const score = (
  name: string,
  label: string,
  of: (row: ApplicationRow) => number | null
): Column => ({
  name,
  label,
  width: 58,
  numeric: true,
  of: (row) => formatScore(of(row)),
})

const NUMBER = text('number', '报名编号', (row) => row.number, 96)
const TICKET = text('ticket', '准考证号', (row) => row.ticketNo, 86)
const NAME = text('name', '姓名', (row) => row.name, 64)
const POST = text('post', '岗位', (row) => row.postName)
const STATES: Record<string, string> = {
  submitted: '待审核',
  qualified: '合格',
  rejected: '不合格',
  withdrawn: '已撤回',
  candidate: '考察人选',
  passed: '拟聘',
  dropped: '未通过',
  hired: '已聘用',
  unsuccessful: '未入选',
}
const STATE = text(
  'state',
  '状态',
  (row, i18n) => (i18n ? i18n.t(`recruitment.states.${row.state}`) : STATES[row.state]),
  64
)

const COLUMNS: Record<ListName, readonly Column[]> = {
  applications: [
    NUMBER,
    NAME,
    text('identity', '身份证号', (row) => row.identityMasked, 120),
    POST,
    text('major', '专业', (row) => row.major, 110),
    STATE,
    text('reason', '审核意见', (row) => row.reviewReason),
  ],
  seats: [
    TICKET,
    NAME,
    text('identity', '身份证号', (row) => row.identityMasked, 130),
    POST,
    text('room', '考场', (row) => row.roomNo, 44),
    text('seat', '座位', (row) => row.seatNo, 44),
    text('signature', '签到', () => '', 70),
  ],
  ranking: [
    text('rank', '名次', (row) => row.rankNo, 40),
    TICKET,
    NAME,
    POST,
    score('written_score', '笔试', (row) => row.writtenScore),
    score('interview_score', '面试', (row) => row.interviewScore),
    score('total_score', '总成绩', (row) => row.totalScore),
    STATE,
  ],
  publicity: [
    TICKET,
    text('name', '姓名', (row) => maskedName(row.name), 64),
    POST,
    score('written_score', '笔试', (row) => row.writtenScore),
    score('interview_score', '面试', (row) => row.interviewScore),
    score('total_score', '总成绩', (row) => row.totalScore),
  ],
}

const TITLES: Record<ListName, string> = {
  applications: '报名登记表',
  seats: '考场座次表',
  ranking: '成绩排名表',
  publicity: '拟聘人员',
}

export function listRows(name: ListName, people: readonly ApplicationRow[]) {
  if (name === 'applications') return [...people].sort((one, other) => one.id - other.id)
  if (name === 'publicity') return people.filter(isProposed)
  const seated = people.filter(({ ticketNo }) => ticketNo !== null)
  if (name === 'ranking') return seated
  return [...seated].sort((one, other) => (one.ticketNo! < other.ticketNo! ? -1 : 1))
}

/** To print and to sign. */
export function listPaper(
  name: ListName,
  plan: RecruitmentRow,
  rows: readonly ApplicationRow[],
  asOf: string
): PdfDocument {
  return officialTable({
    title: `${plan.title}${TITLES[name]}`,
    subtitle: asOf,
    documentNo: plan.approvalDocumentNo ?? plan.documentNo,
    unitLine: `招聘单位：${plan.unitName}`,
    unitLineRight: `${rows.length} 人`,
    landscape: true,
    columns: COLUMNS[name].map(({ label, width, numeric }) => ({
      label,
      width,
      align: numeric ? ('right' as const) : undefined,
    })),
    rows: rows.map((row) => COLUMNS[name].map(({ of }) => of(row, null))),
    signatures: name === 'seats' ? ['监考员', '监考员', '主考'] : ['制表人', '复核人', '负责人'],
  })
}

export function listRegister(
  name: ListName,
  rows: readonly ApplicationRow[],
  i18n: I18n
): Register {
  const columns = COLUMNS[name]
  return {
    title: i18n.t(`recruitment.papers.${name}`),
    sheets: [
      {
        name: i18n.t(`recruitment.papers.${name}`),
        columns: columns.map((column) => ({
          header: i18n.t(`recruitment.fields.${column.name}`),
          width: Math.max(10, Math.round((column.width ?? 140) / 6)),
        })),
        rows: rows.map((row) => columns.map(({ of }) => of(row, i18n))),
      },
    ],
  }
}
