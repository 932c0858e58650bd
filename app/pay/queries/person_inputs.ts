import { formatGrade } from '#organization/domain/grades'
import { typedYuan } from '#shared/money'
import type { Dated, StandardRow } from './configuration.js'
import type { WageBaseRow } from './wage_bases.js'
import type { Ratings } from './year_ratings.js'
import type { PostValue } from '#performance/queries/post_values'
import type { AssignmentRow } from '#people/queries/assignment_rows'
import { POST_COEFFICIENT, RATING_FACTOR } from '../domain/items.js'
import type { Inputs } from '../domain/slip.js'

/** What stands ready for everybody before people are computed one by one. */
export interface InputSources {
  standards: ReadonlyMap<string, StandardRow>
  parameters: Dated<Record<string, string>>
  months: number
  ratings: Ratings
  postValues: (postId: number | null) => PostValue | null
}

/**
 * The values of one person for the formulas, each with its source (`kind|detail|date`, worded on
 * the page). What is not there is left out: the formula that reads it says so by name.
 */
export function personInputs(
  assignment: Pick<AssignmentRow, 'personId' | 'grade' | 'postId' | 'postName'>,
  base: WageBaseRow | undefined,
  { standards, parameters, months, ratings, postValues }: InputSources
): Inputs {
  const inputs: Inputs = { 发放月数: { value: String(months), source: 'run' } }
  const put = (name: string, fen: number | null | undefined, source: string) => {
    if (fen !== null && fen !== undefined) inputs[name] = { value: typedYuan(fen), source }
  }
  const { grade } = assignment
  const post = grade ? standards.get(`post:${grade}`) : undefined
  if (post) put('岗位工资标准', post.monthlyFen, sourceOf(post, formatGrade(grade!)))
  const step = base?.step ? standards.get(`step:${base.step}`) : undefined
  if (step) put('薪级工资标准', step.monthlyFen, sourceOf(step, `${base!.step}级`))
  if (base) {
    const source = `wage_base||${base.validFrom}`
    put('津贴补贴标准', base.allowanceFen, source)
    put('养老医疗缴费基数', base.pensionBaseFen, source)
    put('公积金基数', base.housingBaseFen, source)
  }
  const coefficient = postValues(assignment.postId)
  if (coefficient) {
    const { basis, documentNo } = coefficient
    const detail = [assignment.postName, documentNo].filter(Boolean).join(' ')
    const source = `post_value|${detail}||${basis}`
    inputs[POST_COEFFICIENT] = { value: coefficient.coefficient, source }
  }
  const factor = ratings(assignment.personId)
  if (factor) inputs[RATING_FACTOR] = factor
  for (const [name, value] of Object.entries(parameters.value)) {
    const { documentNo, validFrom } = parameters
    inputs[name] = { value, source: `parameter|${documentNo ?? ''}|${validFrom ?? ''}` }
  }
  return inputs
}

function sourceOf({ kind, validFrom, note }: StandardRow, level: string): string {
  return `${kind}_standard|${[level, note].filter(Boolean).join(' ')}|${validFrom}`
}
