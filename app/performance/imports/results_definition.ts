import { recordAnswer, unitOfAnswer } from '#imports/domain/record_answer'
import type { ImportDefinition, StoredRow } from '#shared/ports/imports'
import { OPEN_STATES } from '../domain/cycle_states.js'
import { cycleList } from '../queries/cycles.js'
import { ResultsChecker } from './results_checker.js'
import { POST_VALUE_FIELDS, RESULT_FIELDS } from './fields.js'
import { commitResults } from './commit_results.js'
import { undoResults } from './undo_results.js'

/** Results of a cycle as a workbook holds them, with the coefficients of the posts beside. */
export const resultsDefinition: ImportDefinition<StoredRow[]> = {
  key: 'review_results',
  titleKey: 'imports.definitions.review_results',
  capability: 'performance.prepare',
  order: 70,
  after: ['roster'],
  module: 'performance',
  sheets: [
    {
      key: 'results',
      names: ['考核结果', '二季度考核结果', '季度考核结果', '年度考核结果'],
      fields: RESULT_FIELDS,
    },
    {
      key: 'post_values',
      names: ['岗位系数', '岗位价值系数'],
      fields: POST_VALUE_FIELDS,
      optional: true,
    },
  ],
  async questions(_found, _asOf, actor) {
    const cycles = await cycleList({ units: 'all', states: OPEN_STATES })
    const own = cycles.filter(({ unitId }) => actor.may('performance.prepare', { unitId }))
    const options = own.map((cycle) => ({
      value: recordAnswer(cycle),
      label: `${cycle.title}（${cycle.number}）`,
    }))
    return [
      {
        name: 'cycle',
        kind: 'choice',
        labelKey: 'performance.import.cycle',
        helpKey: 'performance.import.cycle_help',
        value: options[0]?.value ?? null,
        required: true,
        options,
      },
    ]
  },
  unitOf: ({ cycle }) => unitOfAnswer(cycle),
  checker: (context) => ResultsChecker.for(context),
  prepare: (_context, rows) => rows.all(),
  write: commitResults,
  undo: undoResults,
}
