import type { ImportDefinition } from '#shared/ports/imports'
import { ROSTER_COLUMNS } from '../domain/roster_fields.js'
import { RosterChecker } from './roster_checker.js'
import { commitRoster } from './roster_commit.js'
import { planRoster, type RosterPlan } from './roster_plan.js'
import { rosterQuestions } from './roster_questions.js'
import { undoRoster } from './undo_roster.js'

/** 花名册: the people of one unit on one day. */
export const rosterDefinition: ImportDefinition<RosterPlan> = {
  key: 'roster',
  titleKey: 'imports.definitions.roster',
  capability: 'people.edit',
  order: 40,
  after: ['units', 'quotas'],
  module: 'imports',
  sheets: [
    {
      key: 'roster',
      names: ['在职人员', '人员', '花名册', '名册'],
      fields: ROSTER_COLUMNS.map(({ code, label, synonyms, required }) => ({
        name: code,
        header: label,
        synonyms,
        required,
      })),
    },
  ],
  questions: rosterQuestions,
  unitOf: (answers) => Number(answers.unit) || null,
  checker: (context) => RosterChecker.for(context),
  prepare: planRoster,
  write: commitRoster,
  undo: undoRoster,
}
