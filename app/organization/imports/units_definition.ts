import { isUniqueViolation } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { FoundFacts, ImportDefinition, ImportQuestion } from '#shared/ports/imports'
import { checkUnits, UNIT_FIELDS, type UnitParsed } from './check_units.js'
import { commitUnits } from './commit_units.js'
import { SheetBuffer } from './sheet_buffer.js'
import { undoUnits } from './undo_units.js'

/** 机构: the units of the reform, what happens to them and what they are made of. */
export const unitsDefinition: ImportDefinition<UnitParsed[]> = {
  key: 'units',
  titleKey: 'imports.definitions.units',
  capability: 'organization.edit',
  order: 10,
  after: [],
  module: 'imports',
  sheets: [{ key: 'units', names: ['机构', '单位', '机构设置'], fields: UNIT_FIELDS }],
  questions: async (_found: FoundFacts, asOf: string) => unitQuestions(asOf),
  checker: async (context) =>
    new SheetBuffer((sheets) => checkUnits(sheets.get('units') ?? [], context)),
  prepare: async (_context, rows) => (await rows.all()).flatMap(({ parsed }) => parsed ?? []),
  async write(trx, actor, context, rows) {
    try {
      return await commitUnits(trx, actor, context, rows)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new DomainError('imports.errors.changed_since_check', { name: '–' })
    }
  },
  undo: undoUnits,
}

function unitQuestions(asOf: string): ImportQuestion[] {
  return [
    {
      name: 'effective_on',
      kind: 'date',
      labelKey: 'imports.questions.effective_on',
      helpKey: 'imports.questions.effective_on_help',
      value: asOf || null,
      required: true,
    },
    {
      name: 'document',
      kind: 'text',
      labelKey: 'imports.questions.document',
      value: null,
      required: false,
    },
  ]
}
