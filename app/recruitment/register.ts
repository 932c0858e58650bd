import { announcedPlacesPort } from '#shared/ports/announced_places'
import { dbChecksPort } from '#shared/ports/db_checks'
import { inboxPort } from '#shared/ports/inbox'
import { personReferencesPort } from '#shared/ports/person_references'
import { requestClaimsPort } from '#shared/ports/request_claims'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { recruitmentHoldings } from './dissolution.js'
import { announcedPlaces } from './queries/announced_places.js'
import { plansOfRequest } from './queries/plans_of_request.js'
import { checkRecruitments } from './queries/recruitment_checks.js'
import { recruitmentInbox } from './queries/recruitment_inbox.js'
import { searchRecruitment } from './queries/recruitment_search.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerRecruitment() {
  inboxPort.register(recruitmentInbox)
  searchPort.register(searchRecruitment)
  announcedPlacesPort.register((postIds, { client }) => announcedPlaces(postIds, null, client))
  requestClaimsPort.register(({ id }, trx) => plansOfRequest(id, trx))
  dbChecksPort.register('recruitment', checkRecruitments)
  unitDissolvedPort.register(recruitmentHoldings)
  personReferencesPort.register(
    { table: 'recruitment_applications', column: 'person_id' },
    { table: 'recruitment_examiners', column: 'person_id' }
  )
}
