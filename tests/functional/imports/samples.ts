import { cpSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Actor } from '#shared/actor'
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
