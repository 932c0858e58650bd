import { recordOfAnswer } from '#imports/domain/record_answer'
import { column } from '#organization/imports/reading'

export const RESULT_FIELDS = [
  column('name', '姓名', ['人员姓名'], true),
  column('identityNo', '身份证号码', ['身份证号', '公民身份号码', '证件号码'], true),
  column('quantity', '工作量分', ['工作量', '工分']),
  column('quality', '质量分', ['质量']),
  column('attendance', '出勤率', ['出勤']),
  column('adjustment', '加减分', ['加扣分', '奖惩分']),
  column('rating', '等次', ['考核档次', '档次', '考核等次', '考核结果']),
]

export const POST_VALUE_FIELDS = [
  column('nature', '岗位类别', ['岗位性质', '类别'], true),
  column('post', '岗位', ['岗位名称'], true),
  column('coefficient', '岗位价值系数', ['系数', '价值系数'], true),
  column('frontLine', '一线采编', ['是否一线']),
]

/** The cycle that was chosen for the import. */
export function cycleIdOf(answers: Record<string, string>): number {
  return recordOfAnswer(answers.cycle)
}
