import type { CodeTable } from '#organization/domain/code_table'
import { column } from '#organization/imports/reading'
import type { LineKind, TransferLine } from '../domain/lines.js'

/** Sheet 人员; the headers are those of the transfer roster (划转名册) that a batch prints. */
export const PEOPLE_FIELDS = [
  column('name', '姓名', ['人员姓名'], true),
  column('identityNo', '身份证号', ['身份证号码', '公民身份号码', '证件号码']),
  column('fromUnit', '原单位', ['划出单位', '现单位', '所在单位']),
  column('kind', '划转方式', ['划转类型', '是否带编']),
  column('toUnit', '划入单位', ['拟划入单位', '接收单位', '现划入单位'], true),
  column('department', '划入部门', ['拟划入部门', '接收部门', '拟任部门']),
  column('post', '划入岗位', ['拟划入岗位', '接收岗位', '拟任岗位', '拟聘岗位']),
]

/** Sheet 空编 of the same roster. */
export const SEATS_FIELDS = [
  column('fromUnit', '原单位', ['划出单位'], true),
  column('toUnit', '划入单位', ['拟划入单位', '接收单位'], true),
  column('funding', '经费形式', ['编制经费形式', '经费来源'], true),
  column('category', '编制类别', ['岗位类别'], true),
  column('quantity', '空编数', ['数量', '划转编制数', '编制数'], true),
]

/** How a row says whether a person brings the seat along. */
export const PERSON_KINDS: CodeTable<Exclude<LineKind, 'quota_only'>> = {
  person_with_quota: ['连人带编', '连人带编划转', '带编', '是'],
  person_without_quota: ['只转人员', '只转人', '不带编', '否'],
}

/** What the commit needs of a row. */
export interface LineParsed {
  line: TransferLine
  /** The line of the batch that says otherwise so far; null: there is none. */
  lineId: number | null
  /** Whom or what it is about, for a message. */
  about: string
}

/** What makes two lines of a batch the same one. */
export function lineKey(line: TransferLine): string {
  const { assignmentId, fromUnitId, toUnitId, fundingType, category } = line
  return assignmentId === null
    ? ['seats', fromUnitId, toUnitId, fundingType, category].join('/')
    : `person/${assignmentId}`
}
