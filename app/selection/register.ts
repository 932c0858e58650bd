import { announcedPlacesPort } from '#shared/ports/announced_places'
import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { casesPort } from '#shared/ports/cases'
import { dbChecksPort } from '#shared/ports/db_checks'
import { importsPort } from '#shared/ports/imports'
import { inboxPort } from '#shared/ports/inbox'
import { personReferencesPort } from '#shared/ports/person_references'
import { postClaimsPort } from '#shared/ports/post_claims'
import { searchPort } from '#shared/ports/search'
import { factsPort } from '#shared/ports/facts'
import { transferLinesPort } from '#shared/ports/transfer_lines'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { followLines } from './actions/follow_lines.js'
import { openRoundsOfUnit } from './dissolution.js'
import { contractsDefinition } from './imports/contracts_definition.js'
import { roundDefinition } from './imports/round_definition.js'
import { PHASES_EVERY_SECONDS, PHASES_JOB, runPhases } from './jobs/phases_job.js'
import { selectionFacts } from './queries/facts.js'
import { offeredPlaces, placesOffered } from './queries/offered_places.js'
import { roundCases } from './queries/round_cases.js'
import { checkSelection } from './queries/selection_checks.js'
import { selectionInbox } from './queries/selection_inbox.js'
import { searchSelection } from './queries/selection_search.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerSelection() {
  registerJob(PHASES_JOB, runPhases)
  scheduleJob(PHASES_JOB, PHASES_EVERY_SECONDS)

  importsPort.register(contractsDefinition)
  importsPort.register(roundDefinition)
  casesPort.register(roundCases)
  inboxPort.register(selectionInbox)
  postClaimsPort.register(placesOffered)
  announcedPlacesPort.register((postIds, { client, batchId }) =>
    offeredPlaces(postIds, client, { batchId })
  )
  searchPort.register(searchSelection)
  dbChecksPort.register('selection', checkSelection)
  unitDissolvedPort.register(openRoundsOfUnit)
  factsPort.register(...selectionFacts)
  transferLinesPort.register(followLines)
  personReferencesPort.register(
    { table: 'contracts', column: 'person_id' },
    { table: 'selection_participants', column: 'person_id' }
  )
}
