import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { acceptObjection, fileObjection } from '#selection/actions/objections'
import { saveScores, type ScoreInput } from '#selection/actions/save_scores'
import { objectionById } from '#selection/queries/objections'
import { listsOf } from '#selection/queries/posts'
import { listProgress, ownScorer, rankingsOf } from '#selection/queries/rankings'
import { matchingById, resultOfPerson } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import { givenPublishedChoices, scoreAll, type SealedRound } from './givens.js'

test.group('Selection: an objection that is upheld', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  /** Like `scoreAll`, but C01 finds the first person unacceptable. */
  async function refuseFirst(round: SealedRound) {
    const progress = await listProgress(await roundById(round.roundId))
    const { list, people } = progress.find(({ posts }) => posts.includes('C01'))!
    await scoreAll(round)
    for (const { id } of round.scorers) {
      const { version } = (await ownScorer(list.id, id))!
      const entry: ScoreInput = {
        participantId: people[0].id,
        kind: 'unacceptable',
        score: '',
        reason: '无证',
      }
      await saveScores({ listId: list.id, version, entries: [entry] }, await buildActor(id))
    }
  }

  async function file({ staff }: SealedRound, index: number, listId: number | null) {
    const { place, user } = staff[index]
    const input = { participantId: place.id, listId, body: '有异议', evidence: null }
    return fileObjection(input, await buildActor(user.id))
  }

  const listOf = async (roundId: number, code: string) =>
    (await listsOf(roundId)).find((list) => list.code === code)!.id

  async function post({ roundId, staff }: SealedRound, index: number) {
    const { matchingId } = await roundById(roundId)
    return (await resultOfPerson(matchingId, staff[index].place.id))!.postCode
  }

  test('a list that the person never chose is refused', async ({ assert }) => {
    const other = await givenPublishedChoices(4, [], undefined, refuseFirst)
    clock.freeze('2022-02-18')
    const round = await givenPublishedChoices(4, [], undefined, refuseFirst)
    for (const listId of [999_999, await listOf(other.roundId, 'C01')]) {
      const filing = () => file(round, 0, listId)
      await assert.rejects(filing, 'selection.errors.not_own_list')
    }
    assert.lengthOf(await rowsOf('selection_objections'), 0)
  })

  test('after the publicity the page says so and offers no form', async ({ assert, client }) => {
    const { roundId, staff } = await givenPublishedChoices(4, [], undefined, refuseFirst)
    const page = () => client.get(`/selection/objections/${roundId}/create`).loginAs(staff[0].user)
    assert.include((await page()).text(), 'name="body"')
    clock.freeze((await roundById(roundId)).publicityUntil!)
    assert.include((await page()).text(), 'name="body"')
    clock.freeze('2022-12-31')
    const late = (await page()).text()
    assert.notInclude(late, 'name="body"')
    assert.include(late, '不在公示期内。')
    const form = `/selection/objections/${roundId}/filing`
    const sent = await client
      .post(form)
      .header('referer', `/selection/objections/${roundId}/create`)
      .loginAs(staff[0].user)
      .withCsrfToken()
      .form({ _form: form, body: '结果与得分不符' })
    assert.include(sent.text(), '>结果与得分不符</textarea>')
  })

  test('against a refusal: the person is ranked, and the whole is solved again', async ({
    assert,
    client,
  }) => {
    const round = await givenPublishedChoices(4, [], undefined, refuseFirst)
    const { roundId, staff } = round
    assert.deepEqual([await post(round, 0), await post(round, 2)], ['C02', 'C01'])
    const listId = await listOf(roundId, 'C01')
    const id = await file(round, 0, listId)
    const head = await givenUser({ role: 'hr_head' })
    const page = await client.get(`/selection/objections/${id}`).loginAs(head)
    page.assertTextIncludes('现为不予接收：无证')
    const accept = (score: string, documentId: number | string) =>
      client
        .post(`/selection/objections/${id}/acceptance`)
        .loginAs(head)
        .withCsrfToken()
        .form({ version: 1, answer: '证书补验', score, document_id: documentId })
    await accept('', await givenDocument())
    assert.equal((await objectionById(id)).state, 'filed', 'a list needs its score')
    await accept('97', await givenDocument())
    assert.containsSubset(await objectionById(id), {
      state: 'accepted',
      scoreBefore: null,
      scoreAfter: 9700,
    })
    assert.deepEqual([await post(round, 0), await post(round, 2)], ['C01', 'C02'])
    const { matchingId } = await roundById(roundId)
    const { kind, causeId, summary } = await matchingById(matchingId!)
    assert.deepEqual([kind, causeId], ['objection', id])
    assert.includeMembers(
      summary.changes.map(({ participantId }) => participantId),
      [staff[0].place.id, staff[2].place.id]
    )
  })

  test('against the procedure: the list that was wrong is named, or the whole runs again as it is', async ({
    assert,
  }) => {
    const round = await givenPublishedChoices(4)
    const { roundId, head, staff } = round
    const plain = await file(round, 3, null)
    const decision = async (objectionId: number) => ({
      objectionId,
      version: 1,
      answer: '程序有误，重新匹配',
      documentId: await givenDocument(),
    })
    const at = await decision(plain)
    const unknown = await listOf(roundId, 'C03')
    const asked = (input: { score: string; listId?: number }) =>
      acceptObjection({ ...at, ...input }, head)
    await assert.rejects(() => asked({ score: '97' }), 'selection.errors.list_needed')
    await assert.rejects(
      () => asked({ score: '97', listId: unknown }),
      'selection.errors.not_in_list'
    )
    const rerun = await matchingById(await asked({ score: '' }))
    assert.deepEqual([rerun.kind, rerun.summary.changes], ['objection', []])
    assert.equal((await roundById(roundId)).matchingId, rerun.id)
    assert.equal((await objectionById(plain)).state, 'accepted')

    const second = await file(round, 3, null)
    const listId = await listOf(roundId, 'C01')
    await acceptObjection({ ...(await decision(second)), score: '99', listId }, head)
    assert.equal(await post(round, 3), 'C01')
    const ranking = (await rankingsOf(roundId)).find(
      (row) => row.listId === listId && row.participantId === staff[3].place.id
    )
    assert.containsSubset(ranking, { scoreCenti: 9900, source: 'objection' })
    assert.equal((await objectionById(second)).listId, listId)
    const audit = await rowsOf('audit_events', { action: 'selection.objection.accepted' })
    assert.include(audit[1].changes, '程序有误')
  })

  test('against a list that is silent on the person: it ranks with the score', async ({
    assert,
  }) => {
    const round = await givenPublishedChoices(3)
    const { roundId, head, staff } = round
    const listId = await listOf(roundId, 'C01')
    const key = { list_id: listId, participant_id: staff[2].place.id }
    await db.from('selection_rankings').where(key).delete()
    const objectionId = await file(round, 2, listId)
    await acceptObjection(
      {
        objectionId,
        version: 1,
        answer: '漏评',
        documentId: await givenDocument(),
        score: '99',
      },
      head
    )
    assert.equal(await post(round, 2), 'C01')
  })
})
