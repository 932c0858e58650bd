import { civilDate } from '#shared/clock'
import type { MatchingCertificate } from '#shared/certificates/matching'
import { longDate } from '#shared/dates'
import { wordsOf } from '../domain/outcome.js'
import type { PdfDocument } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'

const RESULTS: Record<string, string> = {
  first: '首次匹配',
  objection: '异议成立后重新匹配',
  decline: '放弃后重新匹配',
  backfill: '递补',
  exception: '按例外批准调整',
  placement: '调剂',
}

const WORDS: Record<ReturnType<typeof wordsOf>, string> = {
  best: '在抽签确定的次序下：结果对报名人最优，如实填报最为有利，任何其他稳定结果都不会使未聘用者被聘用。',
  rest: '已确认的人员不变；其余人员在抽签确定的次序下结果最优，任何其他稳定结果都不会使其中未聘用者被聘用。',
  exception: '例外人员的岗位由批文确定，不由排序决定；其余人员按同一排序重新匹配。',
  placement:
    '调剂为第二份结果：愿意服从调剂的未聘用人员按抽签次序安排到可报的空岗，安排人数为最多；其他人员不变。',
}

/** 双向选择匹配证书: what was solved, by which lot, how full the posts are, and that nothing blocks. */
export function matchingPaper(
  { body, hash }: MatchingCertificate,
  issuer: string,
  sealedAt: string
): PdfDocument {
  const grouped = (text: string) => (text.match(/.{8}/g) ?? [text]).join(' ')
  const clean = body.blockingPairs === 0 && body.violations === 0
  const stable =
    clean && body.result === 'placement'
      ? '经独立核验程序检查，调剂人员均符合岗位要求，无超员。'
      : clean
        ? '经独立核验程序检查，无阻塞对、无超员，结果稳定。'
        : `经独立核验程序检查，有${body.blockingPairs}个阻塞对、${body.violations}处不符，其中按例外批准${body.exceptions}人。`
  return officialTable({
    title: '双向选择匹配证书',
    subtitle: `${body.round.name} 第${body.run}次（${RESULTS[body.result] ?? body.result}）`,
    documentNo: body.round.documentNo,
    unitLine: `编号：${body.round.number}-${body.run}`,
    unitLineRight: '单位：人',
    columns: [
      { label: '岗位编码', width: 60, align: 'center' },
      { label: '岗位' },
      { label: '单位' },
      { label: '人数', width: 50, align: 'right' },
      { label: '聘用', width: 50, align: 'right' },
      { label: '空余', width: 50, align: 'right' },
    ],
    rows: body.posts.map(({ code, name, unit, capacity, placed }) => [
      code,
      name,
      unit,
      String(capacity),
      String(placed),
      String(capacity - placed),
    ]),
    totals: [
      '',
      '合计',
      '',
      String(body.places),
      String(body.placed),
      String(body.places - body.placed),
    ],
    signatures: ['人事负责人', '纪检监督'],
    notes: [
      `参加${body.participants}人，聘用${body.placed}人，未聘用${body.unplaced}人；抽签决定去留${body.decidedByLot}人。${stable}`,
      body.sealedPreferences
        ? '志愿自提交起加密封存：报名集合在志愿截止后向相应岗位评分人开放，顺序在评分结束后开放。'
        : '志愿未封存：本轮志愿和评分由纸质表格导入。',
      WORDS[wordsOf(body.result, body.exceptions)],
      `算法：${body.algorithm}`,
      `抽签种子：${body.seed}`,
      `名单校验值（SHA-256，先于种子公布）：${grouped(body.listHash)}`,
      `输入校验值（SHA-256）：${grouped(body.instanceHash)}`,
      `审计日志第${body.auditHead.seq}条：${grouped(body.auditHead.hash)}`,
      `本证书 SHA-256：${grouped(hash)}`,
      `核验：node ace certificate:check 本证书 JSON；node ace match:check --file 核验文件。`,
      `${issuer} ${longDate(civilDate(sealedAt), 'zh-CN')}`,
    ],
  })
}
