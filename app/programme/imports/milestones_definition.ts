import { SheetBuffer } from '#organization/imports/sheet_buffer'
import { isUniqueViolation } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportDefinition } from '#shared/ports/imports'
import { findProgramme } from '../queries/plan.js'
import { checkMilestones, MILESTONE_FIELDS, type MilestoneParsed } from './check_milestones.js'
import { commitMilestones } from './commit_milestones.js'
import { undoMilestones } from './undo_milestones.js'

/** 里程碑: the plan's milestones as they are printed; contradictions are kept and shown. */
export const milestonesDefinition: ImportDefinition<MilestoneParsed[]> = {
  key: 'milestones',
  titleKey: 'programme.import.title',
  capability: 'programme.edit',
  order: 50,
  after: ['units'],
  module: 'programme',
  sheets: [{ key: 'milestones', names: ['里程碑', '进度安排'], fields: MILESTONE_FIELDS }],
  async questions(_found, asOf) {
    const programme = await findProgramme()
    return [
      {
        name: 'starts_on',
        kind: 'date',
        required: true,
        labelKey: 'programme.fields.starts_on',
        helpKey: 'programme.help.starts_on',
        value: programme?.startsOn ?? (asOf || null),
      },
      {
        name: 'document',
        kind: 'text',
        required: false,
        labelKey: 'programme.fields.plan_document',
        value: programme?.documentNo ?? null,
      },
    ]
  },
  checker: async (context) =>
    new SheetBuffer((sheets) => checkMilestones(sheets.get('milestones') ?? [], context)),
  prepare: async (_context, rows) =>
    (await rows.all()).flatMap(({ parsed, effect }) =>
      parsed && effect === 'create' ? [parsed] : []
    ),
  async write(trx, actor, context, rows) {
    try {
      return await commitMilestones(trx, actor, context, rows)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new DomainError('imports.errors.changed_since_check', { name: '–' })
    }
  },
  undo: undoMilestones,
}
