import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { approveRound } from '#selection/actions/approve_round'
import { clock } from '#shared/clock'
import { addLinesFromList } from '#transfers/actions/add_lines_from_list'
import { checkBatch } from '#transfers/actions/check_batch'
import { submitBatch } from '#transfers/actions/submit_batch'
import { batchById } from '#transfers/queries/batches'
import { linesOf } from '#transfers/queries/lines'
import { emptyDatabase } from '#tests/support/database'
import { together } from '#tests/support/together'
import { givenBatch, givenStaff, versionOf } from '../transfers/givens.js'
import { givenSealedRound, version, type SealedRound } from './givens.js'

const ROUND = '第一轮双向选择'

/** A round offers two places of the post C01. */
test.group('Selection: a round and batches of transfer', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  /** A batch that brings one more person to C01, which has so many places. */
  async function givenBatchTo(round: SealedRound, headcount: number) {
    const { officer, source, unitId } = round
    const posts = db.from('posts').where('code', 'C01')
    await posts.clone().update({ headcount })
    const postId = Number((await posts.firstOrFail()).id)
    const { assignmentId } = await givenStaff(source, {
      employment_type: 'contract',
      funding_type: null,
      quota_category: null,
      grade: null,
    })
    const batchId = await givenBatch(officer)
    await addLinesFromList(
      {
        batchId,
        version: await versionOf(batchId),
        toUnitId: unitId,
        withQuota: false,
        entries: [{ assignmentId, postId }],
      },
      officer
    )
    return { batchId, postId }
  }

  const setHeadcount = (headcount: number) =>
    db.from('posts').where('code', 'C01').update({ headcount })

  const unapproved = (roundId: number) =>
    db.from('selection_rounds').where('id', roundId).update({ approved_at: null })

  const check = async ({ officer }: SealedRound, batchId: number) =>
    checkBatch({ batchId, version: await versionOf(batchId) }, officer)

  const submitted = async ({ officer }: SealedRound, batchId: number) =>
    submitBatch({ batchId, version: await versionOf(batchId) }, officer)

  const approved = async ({ roundId, head }: SealedRound) =>
    approveRound({ roundId, version: await version(roundId) }, head)

  test('a place that an approved round offers is not given by a batch, and the round is named', async ({
    assert,
  }) => {
    const round = await givenSealedRound(2)
    const { batchId } = await givenBatchTo(round, 2)
    assert.equal((await check(round, batchId)).counts.blocked, 1)
    const [{ findings }] = await linesOf(batchId)
    assert.deepEqual(
      findings.map(({ code, params }) => ({ code, params })),
      [
        {
          code: 'headcount_announced',
          params: { post: '记者', free: 0, announced: 2, by: ROUND },
        },
      ]
    )
    await setHeadcount(3)
    assert.isTrue((await check(round, batchId)).passed)
    await submitted(round, batchId)
    assert.equal((await batchById(batchId)).state, 'submitted')
  })

  test('a round does not offer the place to which a batch under way brings somebody', async ({
    assert,
  }) => {
    const round = await givenSealedRound(2)
    await unapproved(round.roundId)
    const { batchId } = await givenBatchTo(round, 2)
    await check(round, batchId)
    await submitted(round, batchId)
    const refused = await approved(round).catch((error) => error)
    assert.equal(refused.key, 'selection.errors.offered_elsewhere')
    const { number } = await batchById(batchId)
    assert.include(refused.params, { headcount: 2, capacity: 2, promised: 1, by: number })
    await setHeadcount(3)
    await approved(round)
  })

  test('a batch handed in while a round is approved: one of them gets the last place', async ({
    assert,
  }) => {
    const round = await givenSealedRound(2)
    const { batchId } = await givenBatchTo(round, 2)
    for (let turn = 0; turn < 10; turn++) {
      await unapproved(round.roundId)
      await check(round, batchId)
      const refusals = await together([() => submitted(round, batchId), () => approved(round)])
      assert.lengthOf(refusals, 1, `turn ${turn}`)
      await db
        .from('transfer_batches')
        .where('id', batchId)
        .update({ state: 'draft', version: db.raw('version + 1') })
      await db.from('transfer_claims').delete()
      await db
        .from('selection_rounds')
        .where('id', round.roundId)
        .update({ state: 'preparation', version: db.raw('version + 1') })
    }
  })
})
