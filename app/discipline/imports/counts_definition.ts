import { recordAnswer, unitOfAnswer } from '#imports/domain/record_answer'
import type { ImportDefinition, StoredRow } from '#shared/ports/imports'
import { SheetBuffer } from '#organization/imports/sheet_buffer'
import { countsIn } from '../queries/counts.js'
import { checkCount, COUNT_FIELDS } from './check_count.js'
import { commitCount, undoCount } from './commit_count.js'

/** 清产核资盘点表: the sheet of a count as it was exported, with what was found written in. */
export const countsDefinition: ImportDefinition<StoredRow[]> = {
  key: 'asset_count',
  titleKey: 'discipline.import.count',
  capability: 'assets.keep',
  order: 61,
  after: ['assets'],
  module: 'discipline',
  sheets: [{ key: 'lines', names: ['盘点表'], fields: COUNT_FIELDS }],
  async questions(found, _asOf, actor) {
    const open = await countsIn(['open', 'returned'], actor.unitsFor('assets.keep'))
    const named = open.find(({ number }) => found.title?.includes(number))
    const proposed = named ?? (open.length === 1 ? open[0] : null)
    return [
      {
        name: 'count',
        kind: 'choice',
        labelKey: 'discipline.import.which_count',
        helpKey: 'discipline.import.which_count_help',
        value: proposed && recordAnswer(proposed),
        required: true,
        options: open.map((count) => ({
          value: recordAnswer(count),
          label: `${count.number} ${count.unitName}`,
        })),
      },
    ]
  },
  unitOf: ({ count }) => unitOfAnswer(count),
  checker: async (context) => new SheetBuffer((sheets) => checkCount(sheets, context)),
  prepare: (_context, rows) => rows.all(),
  write: commitCount,
  undo: undoCount,
}
