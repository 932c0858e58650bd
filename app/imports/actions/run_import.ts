import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import { importsPort } from '#shared/ports/imports'
import { importById } from '../queries/import_row.js'
import { checkImport } from './check_import.js'
import { commitImport, writeImport } from './commit_import.js'
import { confirmImport } from './confirm_import.js'
import { uploadImport } from './upload_import.js'

export interface RunInput {
  definition: string
  path: string
  fileName: string
  /** Left out: the first date found in the file, else today. */
  asOf?: string
  /** Over the proposals of the definition's questions. */
  answers?: Record<string, string>
  actor: Actor
  /** Says yes to what an upload by hand would ask. */
  confirm: true
}

/**
 * Uploads, checks and commits a file at once, by the same steps as the pages; for seeders and
 * tests. Returns the id of the committed import; throws what a page would show.
 */
export async function runImport(input: RunInput): Promise<number> {
  const id = await checkFile(input)
  const { version } = await importById(id)
  await commitImport({ id, version, confirmed: input.confirm, queue: false }, input.actor)
  await writeImport(id, input.actor)
  return id
}

/** The same without the commit. */
async function checkFile(input: RunInput): Promise<number> {
  const id = await confirmFile(input)
  await checkImport(id)
  const { state, error } = await importById(id)
  if (state !== 'checked') throw new DomainError(error?.key ?? 'imports.errors.incomplete')
  return id
}

/** Only its upload and the confirmation of what is proposed: it waits for the dry run. */
export async function confirmFile(input: RunInput): Promise<number> {
  const { definition, path, fileName, actor } = input
  const id = await uploadImport({ definition, path, fileName }, actor)
  const { facts, version } = await importById(id)
  const asOf = input.asOf ?? facts.found.dates[0] ?? clock.today()
  const questions = await importsPort.get(definition).questions(facts.found, asOf, actor)
  const proposals = Object.fromEntries(questions.map(({ name, value }) => [name, value]))
  const answers = { ...proposals, ...input.answers }
  await confirmImport({ id, version, asOf, answers, queue: false }, actor)
  return id
}
