import { combinePages, type PdfDocument } from '#shared/documents/definition'
import { officialNotice } from '#shared/documents/official_notice'
import { officialTable } from '#shared/documents/official_table'
import { civilDate } from '#shared/clock'
import { longDate } from '#shared/dates'
import type { Notice } from '../queries/notice.js'
import type { RoundRow } from '../queries/rounds.js'

/** What the checker found; hand changes are not passed over. */
function checkedWords({ exceptions, exceptionPairs }: Notice['matching']['summary']): string {
  if (exceptions.length === 0) return '匹配结果经独立程序核验，没有阻塞对'
  return `匹配结果经独立程序核验，其中按批文作例外调整${exceptions.length}人，由此产生阻塞对${exceptionPairs.length}个`
}

/** 公示 as an official document: the notice, and the list as its attachment. */
export function publicityNotice(round: RoundRow, notice: Notice): PdfDocument {
  const title = `关于${round.name}拟聘人员的公示`
  const day = (date: string) => longDate(date, 'zh-CN')
  const { summary } = notice.matching
  const list = `${round.name}拟聘人员名单`
  return combinePages(title, [
    officialNotice({
      issuer: round.unitName,
      title,
      recipient: '全体职工',
      paragraphs: [
        `根据${round.documentNo}，${round.name}已完成志愿填报、岗位评分和匹配。参加人员${summary.participants}人，岗位${summary.posts.length}个、${summary.places}名，拟聘${summary.placed}人。现将名单予以公示。`,
        `公示期自${day(round.publicityFrom!)}至${day(round.publicityUntil!)}，结果和公示期内的变动各公示${round.publicityDays}个工作日。对拟聘结果有异议的，请在公示期内通过系统提交并附证据材料，${round.objectionDays}个工作日内答复。`,
        ...(round.sealed ? [] : ['本轮志愿和评分由纸质表格汇总导入，未经系统封存（志愿未封存）。']),
        `${checkedWords(summary)}，任何人可凭附件所载校验值复核。`,
      ],
      attachments: [list],
      date: civilDate(notice.matching.publishedAt ?? notice.matching.madeAt),
      seal: true,
    }),
    officialTable({
      title: list,
      documentNo: round.documentNo,
      unitLine: `公示单位：${round.unitName}`,
      unitLineRight: '单位：人',
      columns: [
        { label: '序号', width: 34, align: 'center' },
        { label: '姓名', width: 60 },
        { label: '身份证号', width: 118 },
        { label: '现单位' },
        { label: '拟聘单位' },
        { label: '拟聘岗位' },
      ],
      rows: notice.rows.map((row, index) => [
        String(index + 1),
        row.name,
        row.identityMasked,
        row.unitName,
        row.toUnit,
        `${row.code} ${row.post}`,
      ]),
      notes: [
        round.sealed ? '志愿在截止前封存，评分结束前不公开顺序。' : '本轮志愿未封存。',
        `未聘用${notice.unplaced}人，由人事部门逐人落实去向。`,
        `抽签种子：${round.seed}`,
        `名单校验值（先于种子公布）：${round.listHash}`,
        `输入校验值：${notice.matching.instanceHash}`,
      ],
    }),
  ])
}
