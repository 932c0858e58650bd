import { cpSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, insertRow } from '#shared/database'
import { recordDocument } from '#decisions/actions/record_document'
import { createUnit } from '#organization/actions/create_unit'
import { postMovement } from '#organization/actions/quota/post_movement'
import type { PostCategory } from '#organization/domain/codes'
import { runImport } from '#imports/actions/run_import'

/** Unmoved copies of the sample workbooks. */
export const DATA = fileURLToPath(new URL('../../fixtures/data/', import.meta.url))
const SEEDED = fileURLToPath(new URL('../../../database/seeders/data/', import.meta.url))
if (!existsSync(DATA)) cpSync(SEEDED, DATA, { recursive: true })

export const ROSTERS = [
  'rosters/tv-station.xlsx',
  'rosters/newspaper.xlsx',
  'rosters/opinion-centre.gbk.csv',
] as const

/** Imports one sample as a user would, with every proposal accepted; returns the import. */
export function importSample(
  definition: string,
  file: string,
  answers: Record<string, string> = {},
  actor: Actor = Actor.system('tests')
): Promise<number> {
  const fileName = file.split('/').at(-1)!
  return runImport({ definition, path: `${DATA}${file}`, fileName, answers, actor, confirm: true })
}

/** Sheet 机构, posts, quotas. */
export async function importOrganization(): Promise<number[]> {
  return [
    await importSample('units', 'reform-plan.xlsx', { effective_on: '2022-02-20' }),
    await importSample('posts', 'posts.xlsx'),
    await importSample('quotas', 'quotas.xlsx'),
  ]
}

/** The three rosters in their order. */
export async function importRosters(): Promise<number[]> {
  const ids = []
  for (const file of ROSTERS) ids.push(await importSample('roster', file))
  return ids
}

/** A unit with approved and opened seats, without the work of importing it. */
export async function givenUnitWithSeats(
  name: string,
  seats: Record<PostCategory, number>
): Promise<number> {
  const actor = Actor.system('tests')
  return inTransaction(async (trx) => {
    const unitId = await createUnit({ name, kind: 'reform', validFrom: '2000-01-01' }, actor, trx)
    const documentId = await recordDocument(trx, actor, { documentNo: `编发〔2014〕${unitId}号` })
    const total = seats.management + seats.professional + seats.support
    const recorded = { leader_posts: 0, recorded_at: clock.now() }
    await insertRow(trx, 'quota_targets', {
      unit_id: unitId,
      funding_type: 'partial',
      total,
      ...seats,
      ...recorded,
      valid_from: '2014-03-01',
      document_id: documentId,
    })
    const entries = (Object.keys(seats) as PostCategory[]).flatMap((category) => {
      const cell = { unitId, fundingType: 'partial' as const, category }
      return [
        { ...cell, account: 'issued' as const, amount: -seats[category] },
        { ...cell, account: 'vacant' as const, amount: seats[category] },
      ]
    })
    const head = { key: `opening:${unitId}`, kind: 'opening' as const, effectiveOn: '2014-03-01' }
    await postMovement(trx, actor, { ...head, documentId, entries })
    return unitId
  })
}
