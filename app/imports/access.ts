import type { Actor } from '#shared/actor'
import { ForbiddenError } from '#shared/errors'
import { importsPort, type ImportDefinition } from '#shared/ports/imports'
import type { ImportRecord } from './queries/import_row.js'

/** May the actor do it for this unit? What is about no single unit is for who may do it for all. */
function mayFor(actor: Actor, capability: string, unitId: number | null): boolean {
  if (unitId === null) return actor.unitsFor(capability) === 'all'
  return actor.may(capability, { unitId })
}

/** May the actor bring in such a file at all? One about no unit of its own is for all of them. */
export function mayUpload(actor: Actor, { capability, unitOf }: ImportDefinition): boolean {
  return unitOf ? actor.may(capability) : mayFor(actor, capability, null)
}

/** Before its facts are confirmed nobody knows whose it is: it is its uploader's. */
function isOwnUpload(actor: Actor, { asOf, createdBy }: ImportRecord): boolean {
  return asOf === null && createdBy !== null && createdBy === actor.userId
}

/** The right to import and that of the definition, for the unit of the import. */
export function authorizeFor(actor: Actor, definition: ImportDefinition, unitId: number | null) {
  for (const capability of ['imports.run', definition.capability]) {
    if (!mayFor(actor, capability, unitId)) throw new ForbiddenError(capability)
  }
}

/** May the actor move this import on? */
export function mayRun(actor: Actor, record: ImportRecord): boolean {
  const { capability } = importsPort.get(record.definition)
  return ['imports.run', capability].every(
    (name) =>
      mayFor(actor, name, record.facts.unitId) || (isOwnUpload(actor, record) && actor.may(name))
  )
}

export function authorizeToRun(actor: Actor, record: ImportRecord) {
  if (!mayRun(actor, record)) throw new ForbiddenError('imports.run')
}

/** What the actor lacks to see this import; null: it may be seen. */
function lacksToSee(actor: Actor, record: ImportRecord): string | null {
  if (mayRun(actor, record)) return null
  const { confidential, capability } = importsPort.get(record.definition)
  const wanted = confidential ? capability : 'imports.view'
  return mayFor(actor, wanted, record.facts.unitId) ? null : wanted
}

/** May the actor see this import? */
export function maySee(actor: Actor, record: ImportRecord): boolean {
  return lacksToSee(actor, record) === null
}

/** Throws unless the actor may see this import. */
export function authorizeToSee(actor: Actor, record: ImportRecord) {
  const lacking = lacksToSee(actor, record)
  if (lacking) throw new ForbiddenError(lacking)
}
