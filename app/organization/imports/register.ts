import { importsPort } from '#shared/ports/imports'
import { postsDefinition } from './posts_definition.js'
import { quotasDefinition } from './quotas_definition.js'
import { unitsDefinition } from './units_definition.js'

/** What organization can import. */
export function registerOrganizationImports() {
  importsPort.register(unitsDefinition)
  importsPort.register(postsDefinition)
  importsPort.register(quotasDefinition)
}
