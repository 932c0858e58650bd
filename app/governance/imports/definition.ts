import { isUniqueViolation } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportDefinition, ImportQuestion, StoredRow } from '#shared/ports/imports'
import { SheetBuffer } from '#organization/imports/sheet_buffer'
import { RHYTHMS } from '../domain/tasks.js'
import { BODY_FIELDS, checkPlan, GROUP_FIELDS, TASK_FIELDS } from './check_plan.js'
import { commitPlan } from './commit_plan.js'
import { undoPlan } from './undo_plan.js'

/** 领导小组、联席会议、任务分工: who leads the reform, and what each unit was given to do. */
export const governanceDefinition: ImportDefinition<StoredRow[]> = {
  key: 'governance',
  titleKey: 'governance.imports.definition',
  capability: 'governance.prepare',
  order: 15,
  after: ['units'],
  module: 'governance',
  sheets: [
    { key: 'leading_group', names: ['领导小组'], fields: GROUP_FIELDS, optional: true },
    { key: 'joint_meeting', names: ['联席会议'], fields: BODY_FIELDS, optional: true },
    { key: 'tasks', names: ['任务分工', '任务清单'], fields: TASK_FIELDS },
  ],
  questions: async () => questions(),
  checker: async (context) => new SheetBuffer((sheets) => checkPlan(sheets, context)),
  prepare: (_context, rows) => rows.all(),
  async write(trx, actor, context, rows) {
    try {
      return await commitPlan(trx, actor, context, rows)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new DomainError('imports.errors.changed_since_check', { name: '–' })
    }
  },
  undo: undoPlan,
}

function questions(): ImportQuestion[] {
  const name = (kind: string, value: string): ImportQuestion => ({
    name: kind,
    kind: 'text',
    labelKey: `governance.bodies.${kind}`,
    value,
    required: true,
  })
  return [
    name('leading_group', '市媒体融合改革工作领导小组'),
    name('joint_meeting', '媒体融合改革工作联席会议'),
    name('supervisor', '市委全面深化改革领导小组'),
    {
      name: 'rhythm',
      kind: 'choice',
      labelKey: 'governance.imports.rhythm',
      helpKey: 'governance.imports.rhythm_help',
      value: 'quarterly',
      required: true,
      options: RHYTHMS.map((value) => ({ value, label: RHYTHM_LABELS[value] })),
    },
  ]
}

/** Sheets are Chinese, and so are the answers about them. */
const RHYTHM_LABELS = { weekly: '每周', monthly: '每月', quarterly: '每季度' } as const
