import { civilDate } from '#shared/clock'
import { longDate } from '#shared/dates'
import type { PdfDocument } from '#shared/documents/definition'
import { officialNotice } from '#shared/documents/official_notice'
import { formatFen } from '#shared/money'
import type { ExemptionRow } from '../queries/exemptions.js'
import { RULE_WORDING } from './wording.js'

const OFFICE = '市媒体融合改革工作领导小组办公室'

/** 豁免批复: what is allowed to whom, by which document, until when. */
export function exemptionNotice(exemption: ExemptionRow): PdfDocument {
  const { unitName, personName, amountFen } = exemption
  const who = personName ? `${unitName}${personName}同志` : unitName
  const cap = amountFen === null ? '' : `，金额合计不超过${formatFen(amountFen)}`
  return officialNotice({
    issuer: OFFICE,
    documentNo: exemption.number,
    title: '关于改革纪律豁免事项的批复',
    recipient: unitName,
    paragraphs: [
      `你单位关于豁免改革纪律“${RULE_WORDING[exemption.rule]}”的申请（依据${exemption.documentNo}）收悉。经研究，批复如下：`,
      `一、同意${who}办理以下事项：${exemption.what}${cap}。`,
      `二、豁免理由：${exemption.why}。`,
      `三、本豁免至${longDate(exemption.untilOn, 'zh-CN')}止有效，仅适用于上述事项。逾期或者超出上述范围的，仍按改革纪律执行。`,
      '四、请严格按规定办理，并接受纪检监察部门监督检查。',
    ],
    date: civilDate(exemption.decidedAt!),
    seal: true,
  })
}
