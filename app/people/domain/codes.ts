import type { CodeTable } from '#organization/domain/code_table'

/** 性别 */
export type Sex = 'male' | 'female'
/** 学历, by the levels of GB/T 4658-2006. */
export type Education =
  | 'postgraduate'
  | 'undergraduate'
  | 'junior_college'
  | 'vocational'
  | 'senior_secondary'
  | 'junior_secondary'
  | 'primary'
/** 政治面貌, by GB/T 4762-1984; the eight democratic parties are one value. */
export type PoliticalStatus =
  | 'party_member'
  | 'probationary_member'
  | 'league_member'
  | 'democratic_party'
  | 'independent'
  | 'masses'

export const SEXES: CodeTable<Sex> = {
  male: ['男', 'M', '1', '男性', 'MALE'],
  female: ['女', 'F', '2', '女性', 'FEMALE'],
}

export const EDUCATIONS: CodeTable<Education> = {
  postgraduate: ['研究生', '硕士', '硕士研究生', '博士', '博士研究生', '在职研究生'],
  undergraduate: ['大学本科', '本科', '大学', '全日制本科', '在职本科'],
  junior_college: ['大学专科', '大专', '专科'],
  vocational: ['中等职业', '中专', '中技', '职高', '技校', '中等专科'],
  senior_secondary: ['高中', '普通高中'],
  junior_secondary: ['初中', '初中及以下'],
  primary: ['小学'],
}

export const POLITICAL_STATUSES: CodeTable<PoliticalStatus> = {
  party_member: ['中共党员', '党员', '共产党员', '中国共产党党员'],
  probationary_member: ['中共预备党员', '预备党员'],
  league_member: ['共青团员', '团员'],
  democratic_party: [
    '民主党派',
    '民革党员',
    '民盟盟员',
    '民建会员',
    '民进会员',
    '农工党党员',
    '致公党党员',
    '九三学社社员',
    '台盟盟员',
  ],
  independent: ['无党派人士', '无党派', '无党派民主人士'],
  masses: ['群众', '普通群众'],
}
