import type { CodeTable } from '#organization/domain/code_table'
import type { AssetCategory, Condition, CountResult, Purpose } from './assets.js'

/** How offices write them; the first spelling is the official one. */
export const CATEGORY_TEXTS: CodeTable<AssetCategory> = {
  building: ['房屋构筑物', '房屋', '构筑物', '房产'],
  broadcast: ['广播电视设备', '专用设备', '采编设备', '播出设备'],
  office: ['办公设备', '通用设备', '电子设备'],
  vehicle: ['车辆', '交通工具', '运输设备'],
  furniture: ['家具', '家具用具', '办公家具'],
  intangible: ['无形资产', '软件', '商标'],
  other: ['其他'],
}

export const PURPOSE_TEXTS: CodeTable<Purpose> = {
  editorial: ['采编', '新闻采编'],
  broadcast: ['播出', '播出传输', '传输'],
  office: ['办公', '行政办公'],
  commercial: ['经营', '经营性', '广告经营'],
  rented: ['出租', '出借', '出租出借'],
  idle: ['闲置', '未使用'],
}

export const CONDITION_TEXTS: CodeTable<Condition> = {
  good: ['完好', '良好', '在用', '正常'],
  repair: ['待修', '维修', '损坏'],
  idle: ['停用', '封存'],
  scrap: ['待报废', '报废'],
}

/** What a count sheet says; a line without a word is not counted yet. */
export const RESULT_TEXTS: CodeTable<Exclude<CountResult, 'todo'>> = {
  found: ['相符', '不符', '实有'],
  missing: ['盘亏', '缺失'],
  surplus: ['盘盈', '账外'],
}

/** A found fact that is left empty is as the book has it; this word says that there is none. */
export const NOBODY = '无'
