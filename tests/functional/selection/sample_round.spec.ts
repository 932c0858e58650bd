import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { checkCertificate } from '#shared/certificates/check'
import { clock } from '#shared/clock'
import { dbChecksPort } from '#shared/ports/db_checks'
import { declinePlace, signPlace } from '#selection/actions/answers'
import { advanceRound } from '#selection/actions/advance'
import { acceptObjection, fileObjection } from '#selection/actions/objections'
import { runPlacement } from '#selection/actions/place_elsewhere'
import { closeRound, publishResult } from '#selection/actions/publish'
import { reEngage } from '#selection/actions/re_engage'
import { settleArrangement } from '#selection/actions/arrangements'
import { accountOf } from '#selection/queries/account'
import { arrangementsOf } from '#selection/queries/arrangements'
import { objectionById } from '#selection/queries/objections'
import { participantById, participantsOf } from '#selection/queries/participants'
import { matchingById, matchingsOf, resultsOf } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { declareFreeze } from '#discipline/actions/declare_freeze'
import { executeBatch } from '#transfers/actions/execute_batch'
import { batchById } from '#transfers/queries/batches'
import { sign, submit } from '#database/demo/transfers'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import { givenDecided } from '../discipline/givens.js'
import type User from '#accounts/models/user'
import { checkMatching } from '#selection/domain/matching/check'
import { readMarket } from '#selection/domain/matching/read_market'
import {
  DAY,
  givenCity,
  givenOffice,
  givenSampleRound,
  importFile,
  unitNamed,
  version,
  type Office,
} from './givens.js'

/** The figures of the sample data: 117 in, 106 places, 100 placed, 17 unplaced, M01 2 and M03 4 free. */
test.group('The sample round', (group) => {
  let office: Office
  let roundId: number

  group.setup(async () => {
    await emptyDatabase()
    clock.freeze(DAY)
    office = await givenOffice()
    await givenCity(office.officer)
    clock.freeze('2022-03-07')
    roundId = await givenSampleRound(office)
  })
  group.teardown(() => clock.release())

  test('imported, matched, objected to, declined, placed, engaged: all 117 accounted for', async ({
    assert,
  }) => {
    const { officer, head } = office
    const round = await roundById(roundId)
    assert.equal(round.state, 'matching')
    assert.isFalse(round.sealed)
    assert.isNotNull(round.seed)
    const first = await matchingById(round.matchingId!)
    assert.isTrue(first.check.stable)
    const { participants, places, placed, unplaced, posts } = first.summary
    assert.deepEqual([participants, places, placed, unplaced], [117, 106, 100, 17])
    assert.deepEqual(
      posts.filter(({ free }) => free > 0).map(({ code, free }) => [code, free]),
      [
        ['M01', 2],
        ['M03', 4],
      ]
    )
    const results = await resultsOf(first.id)
    const inUnit = (name: string) => results.filter(({ unitName }) => unitName === name).length
    assert.deepEqual([inUnit('融媒体中心'), inUnit('文化传媒公司')], [71, 29])
    assert.lengthOf(first.summary.decidedByLot, 2)
    const certificate = await db.from('certificates').where('id', first.certificateId!).first()
    assert.deepEqual(checkCertificate(certificate.body), [])
    assert.include(certificate.body, '"sealedPreferences":false')

    await publishResult({ roundId, version: await version(roundId) }, head)
    assert.containsSubset(await roundById(roundId), {
      publicityFrom: '2022-03-08',
      publicityUntil: '2022-03-14',
      confirmationUntil: '2022-03-21',
    })

    // One objection changes a score: the person who was refused by the lot or by score gets in.
    const refused = results.find(({ why }) => why.wishes[0].verdict === 'below')!
    const person = await participantById(refused.participantId)
    const wish = refused.why.wishes[0]
    const listId = Number(
      (await db.from('selection_lists').where({ round_id: roundId, code: wish.post }).first()).id
    )
    const objectionId = await fileObjection(
      { participantId: person.id, listId, body: '业绩材料漏评', evidence: null },
      await givenActor({ personId: person.personId })
    )
    const objection = await objectionById(objectionId)
    assert.equal(objection.answerDue, '2022-03-14')
    const rerun = await acceptObjection(
      {
        objectionId,
        version: 1,
        answer: '补评业绩',
        score: '100',
        documentId: await givenDocument(),
      },
      head
    )
    const second = await matchingById(rerun)
    assert.equal(second.kind, 'objection')
    assert.isTrue(second.check.stable)
    const change = second.summary.changes.find(({ participantId }) => participantId === person.id)!
    assert.equal(change.to, wish.post)
    assert.isAbove(second.summary.changes.length, 1, 'somebody else had to move')

    // One declines before confirmation: nobody else gets worse.
    const before = await resultsOf(rerun)
    const leaver = before.find(({ postCode }) => postCode === 'C01')!
    const { version: at } = await participantById(leaver.participantId)
    await declinePlace(
      { participantId: leaver.participantId, version: at, note: '另有安排' },
      officer
    )
    const third = (await matchingsOf(roundId))[0]
    assert.equal(third.kind, 'decline')
    const after = new Map((await resultsOf(third.id)).map((row) => [row.participantId, row]))
    for (const row of before) {
      if (row.participantId === leaver.participantId) continue
      const now = after.get(row.participantId)!
      assert.isAtMost(now.choice ?? 99, row.choice ?? 99, `${row.participantId} got worse`)
    }

    // Never early: publicity lasts its working days, then confirmation begins by itself.
    const until = (await roundById(roundId)).publicityUntil!
    clock.freeze(until)
    assert.deepEqual(await advanceRound(roundId), [])
    clock.freeze('2022-03-15')
    assert.deepEqual(await advanceRound(roundId), ['end_publicity'])
    assert.equal((await arrangementsOf({ roundId })).length, third.summary.unplaced + 1)

    const placedNow = await runPlacement({ roundId, version: await version(roundId) }, officer)
    assert.isAbove(placedNow, 0)
    const fourth = (await matchingsOf(roundId))[0]
    assert.equal(fourth.kind, 'placement')
    for (const row of await resultsOf(fourth.id)) {
      if (row.way === 'placed') assert.include(['M01', 'M03'], row.postCode!)
    }

    // Everybody with a place signs but one, who stays silent.
    const places4 = (await resultsOf(fourth.id)).filter(({ postId }) => postId !== null)
    const silent = places4[0].participantId
    for (const { participantId } of places4.slice(1)) {
      const { version: own } = await participantById(participantId)
      await signPlace({ participantId, version: own, note: '纸质确认书' }, officer)
    }
    clock.freeze('2022-03-23')
    assert.deepEqual(await advanceRound(roundId), ['end_confirmation'])
    const { batchIds: batches } = await reEngage(
      {
        roundId,
        effectiveOn: '2022-04-01',
        documentNo: '市融改〔2022〕8号',
        contractUntil: '2025-03-31',
      },
      officer
    )
    assert.lengthOf(batches, 2)
    const { documentId } = await batchById(batches[0])
    const takers = [await unitNamed('融媒体中心'), await unitNamed('文化传媒公司')]
    await givenDecided(takers, await givenDocument())
    const leading = await givenActor({ role: 'leading_group_office' })
    await declareFreeze({ programmeDocumentIds: [documentId!] }, leading)
    const signers = {
      unit: head,
      personnel: await givenActor({ role: 'personnel_approver' }),
      establishment: await givenActor({ role: 'establishment_approver' }),
    }
    for (const id of batches) {
      await submit(id, officer)
      for (const step of ['unit', 'personnel', 'establishment'] as const) {
        await sign(id, step, '同意', signers[step])
      }
    }
    clock.freeze('2022-04-01')
    for (const id of batches) {
      const { certificateId } = await executeBatch({ batchId: id }, head)
      const row = await db.from('certificates').where('id', certificateId).firstOrFail()
      assert.deepEqual(checkCertificate(row.body), [])
      assert.equal((await batchById(id)).state, 'executed')
    }
    // Discipline was asked by the batches, once for each, and let them pass as reform.
    assert.deepEqual(
      (await rowsOf('freeze_records', { act: 'transfers.batch' })).map(({ outcome }) => outcome),
      ['reform', 'reform']
    )
    const company = await db
      .from('assignments')
      .where({ employment_type: 'enterprise', open_main: 1 })
      .count('* as total')
    const taken = places4.filter(({ unitName }) => unitName === '文化传媒公司').length
    assert.equal(Number(company[0].total), taken - Number(places4[0].unitName === '文化传媒公司'))
    const contract = await db
      .from('contracts as n')
      .join('contracts as b', 'b.id', 'n.continues_id')
      .whereColumn('n.hired_on', 'b.hired_on')
      .count('* as total')
    assert.equal(Number(contract[0].total), places4.length - 1, 'years of service go on')

    // The rest are settled one by one, and only then the round ends.
    await assert.rejects(
      async () => closeRound({ roundId, version: await version(roundId) }, head),
      'selection.errors.unsettled'
    )
    const { version: own } = await participantById(silent)
    const open = await arrangementsOf({ roundId, state: 'open' })
    assert.include(
      open.map(({ participantId }) => participantId),
      silent
    )
    assert.equal(own, (await participantById(silent)).version)
    for (const { id, version: v } of open) {
      await settleArrangement({ id, version: v, outcome: 'stays', note: '留原岗待下轮' }, officer)
    }
    await closeRound({ roundId, version: await version(roundId) }, head)
    const account = await accountOf(await roundById(roundId))
    assert.equal(account.total, 117)
    assert.equal(account.counts.re_engaged + account.counts.settled, 117)
    assert.equal(account.counts.re_engaged, places4.length - 1)
    for (const { name, findings } of await dbChecksPort.run()) assert.deepEqual(findings, [], name)
  }).timeout(120_000)

  test('a tampered result is found, with the pair; so is a changed list', async ({ assert }) => {
    const first = (await matchingsOf(roundId)).at(-1)!
    const results = await resultsOf(first.id)
    const winner = results.find(({ choice }) => choice === 1)!
    const check = async () =>
      (await dbChecksPort.run()).find(({ name }) => name === 'selection')!.findings
    const set = (values: object) =>
      db.from('selection_results').where('id', winner.id).update(values)

    await set({ post_id: null, choice: null })
    const { pseudonym } = await participantById(winner.participantId)
    assert.include(
      (await check()).map(({ detail }) => detail),
      `selection_matchings ${first.id}: ${pseudonym} and ${winner.postCode} block`
    )
    await set({ post_id: winner.postId, choice: 1 })
    assert.deepEqual(await check(), [])

    const row = { id: winner.participantId }
    await db.from('selection_participants').where(row).update({ pseudonym: 'PFAKE' })
    assert.include(
      (await check()).map((finding) => finding.check),
      'selection.list'
    )
    await db.from('selection_participants').where(row).update({ pseudonym })
  })

  test('the verification file repeats the result, for participants and inspection only', async ({
    assert,
    client,
  }) => {
    const [newest] = (await matchingsOf(roundId)).filter(({ kind }) => kind === 'decline')
    const [someone] = await participantsOf(roundId)
    const url = `/selection/matchings/${newest.id}/verification`
    const asked = async (user: User) => client.get(url).loginAs(user).redirects(0)
    const own = await asked(await givenUser({ personId: someone.personId }))
    own.assertStatus(200)
    const { instance, check } = JSON.parse(own.text())
    const market = readMarket(JSON.stringify(instance))
    assert.isTrue(checkMatching(market, check).stable)
    assert.notInclude(own.text(), someone.name)
    const [applicant] = Object.keys(check).filter((one) => check[one] !== 'M05')
    assert.isFalse(checkMatching(market, { ...check, [applicant]: 'M05' }).stable)
    ;(await asked(await givenUser({ role: 'auditor' }))).assertStatus(200)
    ;(await asked(await givenUser({ role: 'leadership' }))).assertStatus(403)
  })

  test('the contracts again change nothing; agency workers are marked', async ({ assert }) => {
    const total = async (where = {}) =>
      Number((await db.from('contracts').where(where).count('* as total'))[0].total)
    const before = await total()
    await importFile('contracts', 'selection/contracts.xlsx', office.officer)
    assert.equal(await total(), before)
    assert.isAbove(await total({ form: 'agency' }), 0)
  })
})
