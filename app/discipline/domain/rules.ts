/** The six rules of 工作纪律 (改革方案六(三)). Their wording is `discipline.rules.<rule>`. */
export const RULES = [
  'personnel',
  'posts',
  'dividends',
  'assets',
  'spending',
  'facilities',
] as const
export type Rule = (typeof RULES)[number]

/** What discipline never stops and always records (domain rules). */
export const ALWAYS_ALLOWED = [
  'retire',
  'death',
  'resign',
  'dismissal',
  'maternity',
  'sick',
  'return',
  'correction',
  'court_order',
  'regular_pay',
] as const
export type Allowed = (typeof ALWAYS_ALLOWED)[number]

/** The acts that ask, by the beginning of their name; the longest that fits decides. */
const RULE_OF: ReadonlyArray<readonly [string, Rule]> = [
  ['people.', 'personnel'],
  ['people.assignment', 'posts'],
  ['organization.post', 'posts'],
  ['organization.department', 'posts'],
  ['unit_change.', 'personnel'],
  ['transfers.', 'personnel'],
  ['selection.', 'personnel'],
  ['recruitment.', 'personnel'],
  ['funds.', 'spending'],
  ['pay.', 'spending'],
  ['discipline.spending', 'spending'],
  ['discipline.dividend', 'dividends'],
  ['discipline.asset', 'assets'],
  ['discipline.divestiture', 'assets'],
  ['discipline.facility', 'facilities'],
]

/** Acts of the reform itself: under a document of the programme they pass. */
const REFORM = [
  'transfers.',
  'selection.',
  'recruitment.',
  'unit_change.',
  'funds.',
  'discipline.divestiture',
]

/** The rule that an act stands under; null: no rule speaks of it. */
export function ruleOf(act: string): Rule | null {
  const fitting = RULE_OF.filter(([name]) => act.startsWith(name))
  return fitting.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? null
}

export function isReformAct(act: string): boolean {
  return REFORM.some((name) => act.startsWith(name))
}
