/** The columns of a roster: code name, official header, other headers in use, must it be there. */
export const ROSTER_COLUMNS = [
  column('sequence', '序号', ['编号', '顺序号', 'No']),
  column('name', '姓名', ['人员姓名', '职工姓名'], true),
  column('sex', '性别', []),
  column('identityNo', '身份证号码', ['身份证号', '身份证', '公民身份号码', '证件号码'], true),
  column('birth', '出生年月', ['出生日期', '出生时间', '出生年月日']),
  column('workStart', '参加工作时间', ['参加工作年月', '参工时间', '工作时间', '参加工作日期']),
  column('department', '所在部门', ['部门', '科室', '所在科室', '内设机构'], true),
  column('post', '现岗位', ['岗位', '岗位名称', '现任岗位', '职务', '现任职务'], true),
  column('postNature', '岗位性质', ['岗位类型', '工作性质'], true),
  column('terms', '编制类型', ['编制性质', '编制', '人员类别', '用工形式', '编制形式'], true),
  column('grade', '岗位等级', ['岗位级别', '等级', '聘用等级', '现聘岗位等级']),
  column('education', '学历', ['文化程度', '最高学历']),
  column('politicalStatus', '政治面貌', ['政治面目']),
  column('phone', '联系电话', ['电话', '手机', '手机号', '手机号码', '联系方式']),
  column('remark', '备注', ['说明', '备考']),
] as const

export type RosterField = (typeof ROSTER_COLUMNS)[number]['code']

/** The official Chinese header: the `field` of a finding. */
export const ROSTER_LABELS = Object.fromEntries(
  ROSTER_COLUMNS.map(({ code, label }) => [code, label])
) as Record<RosterField, string>

function column<Code extends string>(
  code: Code,
  label: string,
  synonyms: readonly string[],
  required = false
) {
  return { code, label, synonyms, required }
}
