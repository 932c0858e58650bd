import { maskedName } from '../domain/masked_name.js'
import { formatScore } from '../domain/scoring.js'
import { isProposed, type ApplicationRow } from '../queries/applications.js'
import type { RecruitmentRow } from '../queries/recruitments.js'
import type { PdfDocument } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'

/** Who is proposed, with the name masked as on the notice board. */
export function publishedPeople(people: readonly ApplicationRow[]) {
  return people.filter(isProposed).map((one) => ({ ...one, name: maskedName(one.name) }))
}

/** 拟聘人员公示 */
export function publicityPaper(
  plan: RecruitmentRow,
  people: readonly ApplicationRow[],
  asOf: string
): PdfDocument {
  const score = { width: 66, align: 'right' as const }
  return officialTable({
    title: `${plan.title}拟聘人员公示`,
    subtitle: `公示期：${plan.publicityFrom ?? asOf} 至 ${plan.publicityTo ?? asOf}（${plan.publicityDays} 个工作日）`,
    documentNo: plan.approvalDocumentNo ?? plan.documentNo,
    unitLine: `招聘单位：${plan.unitName}`,
    columns: [
      { label: '序号', width: 34, align: 'center' },
      { label: '岗位' },
      { label: '姓名', width: 70 },
      { label: '准考证号', width: 96 },
      { label: '笔试', ...score },
      { label: '面试', ...score },
      { label: '总成绩', ...score },
    ],
    rows: publishedPeople(people).map((one, index) => [
      String(index + 1),
      one.postName,
      one.name,
      one.ticketNo,
      formatScore(one.writtenScore),
      formatScore(one.interviewScore),
      formatScore(one.totalScore),
    ]),
    notes: ['对公示人员有异议的，请在公示期内向招聘单位实名反映，并提供证据。'],
  })
}
