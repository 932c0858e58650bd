import type { Rule } from '../domain/rules.js'

/** The rules as 工作纪律 words them; official documents are Chinese. */
export const RULE_WORDING: Record<Rule, string> = {
  personnel: '不得随意进行人事调整',
  posts: '严禁临时调整人员岗位及其职责',
  dividends: '严禁权益分红',
  assets: '严禁隐匿财物、转移资产',
  spending: '严禁突击花钱（必要日常开支除外）',
  facilities: '不得临时变更办公设施用途',
}
