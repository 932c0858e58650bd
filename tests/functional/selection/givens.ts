import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { runImport } from '#imports/actions/run_import'
import { recordAnswer } from '#imports/domain/record_answer'
import { buildActor } from '#accounts/queries/build_actor'
import { advanceRound } from '#selection/actions/advance'
import { addScorer, enterParticipants } from '#selection/actions/people'
import { addPost } from '#selection/actions/posts'
import { publishResult } from '#selection/actions/publish'
import { approveRound } from '#selection/actions/approve_round'
import { createRound, type RoundInput } from '#selection/actions/rounds'
import { saveChoice } from '#selection/actions/save_choice'
import { saveScores } from '#selection/actions/save_scores'
import { arrangementsOf } from '#selection/queries/arrangements'
import { participantsOf } from '#selection/queries/participants'
import { listsOf } from '#selection/queries/posts'
import { listProgress, ownScorer } from '#selection/queries/rankings'
import { roundById } from '#selection/queries/rounds'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  givenActor,
  givenAssignment,
  givenDocument,
  givenPerson,
  givenUnit,
  givenUser,
} from '#tests/support/givens'
import { givenPost } from '../transfers/givens.js'

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
    definition,
    path: app.makePath('tests/fixtures/data', name),
    actor,
    answers,
    fileName: name.split('/').at(-1)!,
    asOf: DAY,
    confirm: true,
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
    round: recordAnswer(await roundById(roundId)),
  })
  await approveRound({ roundId, version: await version(roundId) }, head)
  await advanceRound(roundId)
  return roundId
}

/** A sealed round of its own small city: three posts, people with accounts, two scorers a list. */
export async function givenSealedRound(people = 6, input: Partial<RoundInput> = {}) {
  const office = await givenOffice()
  const unitId = await givenUnit({ name: '市融媒体中心' })
  const source = await givenUnit({ name: '市报社' })
  const old = await givenPost(source, { name: '编辑', employment_type: 'contract' })
  const posts = []
  for (const [index, name] of ['记者', '编导', '播音'].entries()) {
    posts.push(
      await givenPost(unitId, {
        name,
        code: `C0${index + 1}`,
        employment_type: 'contract',
        headcount: 9,
      })
    )
  }
  const staff = []
  for (let index = 0; index < people; index++) {
    const personId = await givenPerson({
      name: `职工${index}`,
      identity_masked: `5199****${index}`,
    })
    await givenAssignment(personId, source, { post_id: old })
    staff.push({ personId, user: await givenUser({ personId }) })
  }
  const scorers = [await givenUser({ role: 'scorer' }), await givenUser({ role: 'scorer' })]
  const roundId = await givenRound(office.officer, { unitId, maxPreferences: 3, ...input })
  for (const postId of posts) {
    await addPost(
      {
        roundId,
        version: await version(roundId),
        postId,
        listId: null,
        capacity: 2,
        minimum: 0,
        natures: ['editorial'],
        requirements: null,
      },
      office.officer
    )
  }
  for (const { id: listId } of await listsOf(roundId)) {
    for (const { id: userId } of scorers) {
      await addScorer({ listId, userId, weight: '0.5' }, office.officer)
    }
  }
  await enterParticipants(
    { roundId, version: await version(roundId), unitIds: [source] },
    office.officer
  )
  await approveRound({ roundId, version: await version(roundId) }, office.head)
  const all = await participantsOf(roundId)
  const placed = staff.map((one) => ({
    ...one,
    place: all.find(({ personId }) => personId === one.personId)!,
  }))
  return { ...office, unitId, source, roundId, scorers, staff: placed }
}

export type SealedRound = Awaited<ReturnType<typeof givenSealedRound>>

export async function choose(
  { personId, place }: SealedRound['staff'][number],
  posts: string[],
  acceptsPlacement = true
) {
  const actor = await givenActorOf(personId)
  const choice = { posts, acceptsPlacement }
  return saveChoice(
    { participantId: place.id, choice, source: 'self', receivedAt: clock.now() },
    actor
  )
}

async function givenActorOf(personId: number) {
  const user = await db.from('users').where('person_id', personId).firstOrFail()
  return buildActor(Number(user.id))
}

/** Every scorer scores everybody of every list; the score falls with the person's place. */
export async function scoreAll({ roundId, scorers }: SealedRound) {
  const round = await roundById(roundId)
  for (const { list, people } of await listProgress(round)) {
    for (const { id } of scorers) {
      const actor = await buildActor(id)
      const { version: own } = (await ownScorer(list.id, id))!
      const entries = people.map((person, index) => ({
        participantId: person.id,
        kind: 'score' as const,
        reason: '',
        score: String(95 - index * 5),
      }))
      if (entries.length) await saveScores({ listId: list.id, version: own, entries }, actor)
    }
  }
}

/**
 * Confirmation has begun with places free: all eight want C01, then C02, and nobody C03. They stand in
 * the order of their names; of the four without a place those of `accepting` accept placement.
 */
export async function givenFreePlaces(
  accepting: number[] = [4, 5],
  prepare: (round: SealedRound) => Promise<void> = async () => {},
  score: (round: SealedRound) => Promise<void> = scoreAll
): Promise<SealedRound> {
  const round = await givenPublishedChoices(8, accepting, prepare, score)
  clock.freeze('2022-03-15')
  await advanceRound(round.roundId)
  return round
}

/** The same while the result is public. */
export async function givenPublishedChoices(
  people: number,
  accepting: number[] = [],
  prepare: (round: SealedRound) => Promise<void> = async () => {},
  score: (round: SealedRound) => Promise<void> = scoreAll
): Promise<SealedRound> {
  const round = await givenSealedRound(people)
  await prepare(round)
  clock.freeze('2022-02-21')
  await advanceRound(round.roundId)
  for (const [index, one] of round.staff.entries()) {
    await choose(one, ['C01', 'C02'], accepting.includes(index))
  }
  clock.freeze('2022-02-26')
  await advanceRound(round.roundId)
  await score(round)
  clock.freeze('2022-03-05')
  await advanceRound(round.roundId)
  clock.freeze('2022-03-07')
  const { roundId, head } = round
  await publishResult({ roundId, version: await version(roundId) }, head)
  return round
}

/** Solved: eight people for three posts of two places each; two are left without one. */
export async function givenSolvedRound(): Promise<SealedRound> {
  const round = await givenSealedRound(8)
  clock.freeze('2022-02-21')
  await advanceRound(round.roundId)
  for (const [index, one] of round.staff.entries()) {
    await choose(one, index % 2 ? ['C01', 'C02', 'C03'] : ['C02', 'C01', 'C03'])
  }
  clock.freeze('2022-02-26')
  await advanceRound(round.roundId)
  await scoreAll(round)
  clock.freeze('2022-03-05')
  await advanceRound(round.roundId)
  return round
}

export async function givenPublishedRound(): Promise<SealedRound> {
  const round = await givenSolvedRound()
  clock.freeze('2022-03-07')
  const { roundId, head } = round
  await publishResult({ roundId, version: await version(roundId) }, head)
  return round
}

/** Confirmation has begun: those without a place are on the list, the officer is their owner. */
export async function givenUnplaced() {
  const round = await givenPublishedRound()
  clock.freeze('2022-03-15')
  await advanceRound(round.roundId)
  const rows = await arrangementsOf({ roundId: round.roundId })
  return { ...round, rows }
}

export async function givenContract(personId: number) {
  await db.table('contracts').insert({
    person_id: personId,
    form: 'direct',
    employer: '市报社',
    average_pay_fen: 500_000,
    hired_on: '2013-06-01',
    starts_on: '2020-01-01',
    ends_on: '2022-12-31',
    version: 1,
    created_at: clock.now(),
  })
}

export const ending = (arrangementId: number) => ({
  arrangementId,
  endsOn: '2022-04-14',
  payForNotice: false,
  protections: [],
  reason: '岗位撤并',
})
