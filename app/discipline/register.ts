import { dbChecksPort } from '#shared/ports/db_checks'
import { freezePort } from '#shared/ports/freeze'
import { importsPort } from '#shared/ports/imports'
import { inboxPort } from '#shared/ports/inbox'
import { personReferencesPort } from '#shared/ports/person_references'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { answerFreeze } from './actions/judge_act.js'
import { assetHoldings, countHoldings, exemptionHoldings } from './dissolution.js'
import { assetsDefinition } from './imports/assets_definition.js'
import { countsDefinition } from './imports/counts_definition.js'
import { checkDiscipline } from './queries/discipline_checks.js'
import { disciplineInbox } from './queries/discipline_inbox.js'
import { searchDiscipline } from './queries/discipline_search.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerDiscipline() {
  freezePort.register(answerFreeze)
  importsPort.register(assetsDefinition)
  importsPort.register(countsDefinition)
  inboxPort.register(disciplineInbox)
  searchPort.register(searchDiscipline)
  dbChecksPort.register('discipline', checkDiscipline)
  for (const handler of [assetHoldings, countHoldings, exemptionHoldings]) {
    unitDissolvedPort.register(handler)
  }
  personReferencesPort.register(
    { table: 'exemptions', column: 'person_id' },
    { table: 'freeze_records', column: 'person_id' }
  )
}
