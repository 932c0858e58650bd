import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { sha256 } from '#shared/crypto'
import { toInt, type Trx } from '#shared/database'
import type { ImportSheet } from '#shared/ports/imports'
import { headerSignature, missingFields, recogniseColumns } from '../domain/header.js'
import type { MatchedSheet } from '../domain/recognise.js'

const signatureOf = (definition: string, match: MatchedSheet) => ({
  definition,
  header_hash: sha256(`${match.key}\n${headerSignature(match.headers)}`),
})

/** The sheet with the columns that were mapped by hand for the same headers before. */
export async function rememberedColumns(
  definition: string,
  sheet: ImportSheet,
  match: MatchedSheet
): Promise<MatchedSheet> {
  const row = await db.from('import_mappings').where(signatureOf(definition, match)).first()
  if (!row) return match
  const columns = JSON.parse(row.mapping) as Record<string, number>
  return { ...match, columns, missing: missingFields(sheet, columns) }
}

/** Remembers a mapping that differs from what is recognised by itself. */
export async function rememberColumns(
  trx: Trx,
  definition: string,
  sheet: ImportSheet,
  match: MatchedSheet
): Promise<void> {
  const where = signatureOf(definition, match)
  const mapping = JSON.stringify(match.columns)
  const changed = await trx
    .from('import_mappings')
    .where(where)
    .update({ mapping, updated_at: clock.now() })
  const recognised = JSON.stringify(recogniseColumns(sheet, match.headers))
  if (toInt(changed) > 0 || mapping === recognised) return
  await trx
    .table('import_mappings')
    .insert({ ...where, mapping, version: 1, created_at: clock.now() })
}
