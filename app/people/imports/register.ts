import { decisionEffects } from '#decisions/effects'
import { importsPort } from '#shared/ports/imports'
import { rosterDefinition } from './roster_definition.js'
import { settleHold } from './settle_hold.js'

/** What people can import, and what a decision on a held row sets going. */
export function registerPeopleImports() {
  importsPort.register(rosterDefinition)
  decisionEffects.register('person', settleHold)
}
