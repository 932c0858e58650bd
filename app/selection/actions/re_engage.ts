import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, bulkInsert, inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { addReEngagements } from '#transfers/actions/add_re_engagements'
import { createBatch } from '#transfers/actions/create_batch'
import { batchById } from '#transfers/queries/batches'
import { contractOfPerson } from '../queries/contracts.js'
import { participantsOf, type Participant } from '../queries/participants.js'
import { postsOf, type SelectionPost } from '../queries/posts.js'
import { resultsOf } from '../queries/results.js'
import { roundById, type RoundRow } from '../queries/rounds.js'

export interface ReEngageInput {
  roundId: number
  /** Civil date on which people are engaged anew. */
  effectiveOn: string
  documentNo: string
  /** Last day of the new contracts; null: 无固定期限. */
  contractUntil: string | null
}

export interface ReEngaged {
  batchIds: number[]
  /** Names of those who work in the unit that takes them already: they change post there. */
  inUnit: string[]
}

/**
 * Makes the facts of those who have signed: a transfer batch for each unit that takes (转聘 to the
 * centre, 重新聘用 by the company), with the new contracts, years of service going on. They hold when
 * the batch is executed. People of one that is under way are left; so is, by name, who works in the
 * unit already: the contract stands, the post is given on the person's page, and then it counts.
 * Who prepares reaches every unit that gives people, as with any batch.
 */
export async function reEngage(input: ReEngageInput, actor: Actor, trx?: Trx): Promise<ReEngaged> {
  return inTransaction(async (client) => {
    const round = await roundById(input.roundId, client)
    if (!['confirmation', 'arrangement'].includes(round.state)) {
      throw new DomainError('selection.errors.no_confirmation')
    }
    const ready = await signedPeople(client, round)
    if (ready.length === 0) throw new DomainError('selection.errors.nobody_signed')
    const isThere = ({ person, post }: Ready) => person.openUnitId === post.unitId
    const inUnit = ready.filter(isThere).map(({ person }) => person.name)
    const moving = ready.filter((one) => !isThere(one))
    if (moving.length === 0) {
      throw new DomainError('selection.errors.all_in_unit', { names: inUnit.join('、') })
    }
    const from = moving.map(({ person }) => person.openUnitId ?? person.unitId)
    actor.authorize('transfers.prepare', { unitIds: [...new Set(from)] })
    const units = [...new Set(moving.map(({ post }) => post.unitId))].sort((a, b) => a - b)
    const batchIds: number[] = []
    for (const unitId of units) {
      const people = moving.filter(({ post }) => post.unitId === unitId)
      batchIds.push(await batchFor(client, actor, round, input, people))
    }
    return { batchIds, inUnit }
  }, trx)
}

interface Ready {
  person: Participant
  post: SelectionPost
}

async function signedPeople(trx: Trx, round: RoundRow): Promise<Ready[]> {
  const posts = new Map((await postsOf(round.id, trx)).map((post) => [post.id, post]))
  const results = new Map(
    (await resultsOf(round.matchingId!, trx)).map((row) => [row.participantId, row])
  )
  const people = await participantsOf(round.id, trx)
  return people
    .filter(({ answer, engaged, batchId, batchState }) => {
      return answer === 'signed' && !engaged && (batchId === null || batchState === 'withdrawn')
    })
    .map((person) => ({ person, post: posts.get(results.get(person.id)!.postId!)! }))
}

async function batchFor(
  trx: Trx,
  actor: Actor,
  round: RoundRow,
  input: ReEngageInput,
  people: Ready[]
): Promise<number> {
  const { unitName, unitId, employmentType } = people[0].post
  const title =
    employmentType === 'enterprise'
      ? `双向选择人员由${unitName}重新聘用`
      : `双向选择人员转聘${unitName}`
  const { documentNo, effectiveOn } = input
  const batchId = await createBatch(
    { title, documentNo, effectiveOn, reason: `${round.number} ${round.name}` },
    actor,
    trx
  )
  const { version } = await batchById(batchId, trx)
  const entries = people.map(({ person, post }) => ({
    assignmentId: person.openAssignmentId ?? person.assignmentId,
    postId: post.postId,
  }))
  await addReEngagements({ batchId, version, toUnitId: unitId, entries }, actor, trx)
  await claim(trx, people, batchId)
  await writeContracts(trx, people, input, batchId)
  await record(trx, actor, {
    action: 'selection.round.re_engaged',
    subjectType: 'selection_round',
    subjectId: round.id,
    changes: { unit: unitName, people: people.length, effective_on: effectiveOn },
  })
  return batchId
}

/** Each person is in one batch: two at once, and the second finds nobody. */
async function claim(trx: Trx, people: Ready[], batchId: number) {
  for (const { person } of people) {
    const taken = await trx
      .from('selection_participants')
      .where({ id: person.id, version: person.version })
      .update({ batch_id: batchId, version: person.version + 1, updated_at: clock.now() })
    if (!affected(taken)) throw new DomainError('selection.errors.nobody_signed')
  }
}

async function writeContracts(trx: Trx, people: Ready[], input: ReEngageInput, batchId: number) {
  const rows: Row[] = []
  for (const { person, post } of people) {
    const before = await contractOfPerson(person.personId, trx)
    if (person.batchId !== null) {
      const withdrawn = { person_id: person.personId, batch_id: person.batchId }
      await trx.from('contracts').where(withdrawn).delete()
    }
    rows.push({
      person_id: person.personId,
      form: 'direct',
      employer: post.unitName,
      // Years go on with the successor, and with consent with the company (Regulation art. 10).
      hired_on: before?.hiredOn ?? input.effectiveOn,
      starts_on: input.effectiveOn,
      ends_on: input.contractUntil,
      average_pay_fen: null,
      continues_id: before?.id ?? null,
      batch_id: batchId,
      version: 1,
      created_at: clock.now(),
    })
  }
  await bulkInsert(trx, 'contracts', rows)
}
