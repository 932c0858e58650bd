import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { runImport } from '#imports/actions/run_import'
import { approveRound } from '#selection/actions/rounds'
import { createRound, type RoundInput } from '#selection/actions/rounds'
import { advanceRound } from '#selection/actions/advance'
import { roundById } from '#selection/queries/rounds'
import type { Actor } from '#shared/actor'
import { givenActor, givenDocument } from '#tests/support/givens'

export const DAY = '2022-01-10'

const CITY = [
  ['units', 'reform-plan.xlsx'],
  ['posts', 'posts.xlsx'],
  ['quotas', 'quotas.xlsx'],
  ['roster', 'rosters/tv-station.xlsx'],
  ['roster', 'rosters/newspaper.xlsx'],
  ['roster', 'rosters/opinion-centre.gbk.csv'],
]

export async function importFile(
  definition: string,
  name: string,
  actor: Actor,
  answers: Record<string, string> = {}
): Promise<number> {
  return runImport({
    ...{ definition, path: app.makePath('tests/fixtures/data', name), actor, answers },
    ...{ fileName: name.split('/').at(-1)!, asOf: DAY, confirm: true },
  })
}

/** The sample city with its contracts. */
export async function givenCity(officer: Actor) {
  for (const [definition, name] of CITY) await importFile(definition, name, officer)
  await importFile('contracts', 'selection/contracts.xlsx', officer)
}

export async function unitNamed(name: string): Promise<number> {
  return Number((await db.from('units').where('name', name).firstOrFail()).id)
}

export async function givenOffice() {
  return {
    officer: await givenActor({ role: 'hr_officer' }),
    second: await givenActor({ role: 'hr_officer' }),
    head: await givenActor({ role: 'hr_head' }),
  }
}

export type Office = Awaited<ReturnType<typeof givenOffice>>

export async function givenRound(officer: Actor, input: Partial<RoundInput> = {}) {
  return createRound(
    {
      name: '第一轮双向选择',
      unitId: input.unitId ?? (await unitNamed('融媒体中心')),
      documentId: await givenDocument(),
      previousId: null,
      preferencesFrom: '2022-02-21',
      preferencesUntil: '2022-02-25',
      rankingUntil: '2022-03-04',
      publicityDays: 5,
      objectionDays: 5,
      confirmationDays: 5,
      maxPreferences: 5,
      tieKeys: [],
      ...input,
    },
    officer
  )
}

export const version = async (roundId: number) => (await roundById(roundId)).version

/** The sample round as its sheet has it, approved and solved: ready to be published. */
export async function givenSampleRound({ officer, head }: Office): Promise<number> {
  const roundId = await givenRound(officer)
  await importFile('selection_round', 'selection/round-1.xlsx', officer, {
    round: String(roundId),
  })
  await approveRound({ roundId, version: await version(roundId) }, head)
  await advanceRound(roundId)
  return roundId
}
