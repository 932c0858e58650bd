import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type User from '#accounts/models/user'
import { buildActor } from '#accounts/queries/build_actor'
import { correctAssignment } from '#people/actions/correct_assignment'
import { signPlace } from '#selection/actions/answers'
import { reEngage } from '#selection/actions/re_engage'
import { accountOf } from '#selection/queries/account'
import { contractOfPerson } from '#selection/queries/contracts'
import { participantById } from '#selection/queries/participants'
import { roundById } from '#selection/queries/rounds'
import { clock } from '#shared/clock'
import { executeBatch } from '#transfers/actions/execute_batch'
import { removeLines } from '#transfers/actions/remove_lines'
import { reverseBatch } from '#transfers/actions/reverse_batch'
import { splitWaitingLines } from '#transfers/actions/split_waiting_lines'
import { batchById } from '#transfers/queries/batches'
import { linesOf } from '#transfers/queries/lines'
import { sign, submit } from '#database/demo/transfers'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import { givenDecided } from '../discipline/givens.js'
import { insert } from '../permissions/world.js'
import { givenFreePlaces, type SealedRound } from './givens.js'

test.group('Selection: re-engagement', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  async function givenSigned(people: number): Promise<SealedRound> {
    const round = await givenFreePlaces([])
    for (const { place, user } of round.staff.slice(0, people)) {
      const { version } = await participantById(place.id)
      const input = { participantId: place.id, version, note: null }
      await signPlace(input, await buildActor(user.id))
    }
    return round
  }

  const engage = async ({ roundId, officer }: SealedRound) => {
    const { batchIds } = await reEngage(
      { roundId, effectiveOn: '2022-04-01', documentNo: '市融改〔2022〕8号', contractUntil: null },
      officer
    )
    return batchIds
  }

  async function standOf({ roundId, staff }: SealedRound, index: number) {
    const { stands } = await accountOf(await roundById(roundId))
    return stands.get(staff[index].place.id)
  }

  const lineOf = async (batchId: number, personId: number) =>
    (await linesOf(batchId)).find((line) => line.personId === personId)!

  test('whose line is taken out of the batch is not engaged by it', async ({ assert }) => {
    const round = await givenSigned(3)
    const { officer, staff } = round
    const [batchId] = await engage(round)
    const line = await lineOf(batchId, staff[1].personId)
    const { version } = await batchById(batchId)
    await removeLines({ batchId, version, lineIds: [line.id] }, officer)
    // As the execution leaves it.
    await db.from('transfer_batches').where('id', batchId).update({ state: 'executed' })
    assert.equal(await standOf(round, 0), 're_engaged')
    assert.equal(await standOf(round, 1), 'signed')
    assert.isEmpty(await rowsOf('contracts', { person_id: staff[1].personId }))
    assert.lengthOf(await rowsOf('audit_events', { action: 'selection.people.left_batch' }), 1)

    const [again] = await engage(round)
    assert.notEqual(again, batchId)
    assert.lengthOf(await linesOf(again), 1)
    assert.equal(await standOf(round, 1), 'in_batch')
    assert.lengthOf(await rowsOf('contracts', { person_id: staff[1].personId }), 1)
  })

  test('who works in the unit already is left out by name, and the rest go', async ({
    assert,
    client,
  }) => {
    const round = await givenSigned(3)
    const { roundId, staff, unitId, head } = round
    const there = { person_id: staff[1].personId, open_main: 1 }
    await db.from('assignments').where(there).update({ unit_id: unitId, post_id: null })
    const user = await givenUser({ role: 'hr_officer' })
    const page = await client
      .post(`/selection/rounds/${roundId}/re-engagement`)
      .loginAs(user)
      .withCsrfToken()
      .form({ effective_on: '2022-04-01', document_no: '市融改〔2022〕8号', contract_until: '' })
    page.assertStatus(200)
    page.assertTextIncludes(`已在接收单位，不进批次：${staff[1].place.name}`)
    const [{ batchId }, stays, { batchId: same }] = await Promise.all(
      staff.slice(0, 3).map(({ place }) => participantById(place.id))
    )
    assert.lengthOf(await linesOf(batchId!), 2)
    assert.deepEqual([stays.batchId, same], [null, batchId])
    assert.equal(await standOf(round, 1), 'signed')
    await assert.rejects(() => engage(round), 'selection.errors.all_in_unit')

    // Given the post there, the person stands as engaged, on the old contract.
    const { id } = await db.from('assignments').where(there).firstOrFail()
    const { id: postId } = await db.from('posts').where({ unit_id: unitId, name: '记者' }).first()
    await correctAssignment(
      {
        assignmentId: Number(id),
        departmentId: null,
        postId: Number(postId),
        grade: null,
        leaderPost: false,
        wasWrong: false,
        reason: '双向选择',
        documentNo: '市融改〔2022〕8号',
      },
      head
    )
    assert.equal(await standOf(round, 1), 're_engaged')
    await assert.rejects(() => engage(round), 'selection.errors.nobody_signed')
  })

  test('who does not reach the units that give people makes no batch of them', async ({
    assert,
    client,
  }) => {
    const { roundId, unitId, source, staff } = await givenSigned(2)
    const url = `/selection/rounds/${roundId}`
    const form = { effective_on: '2022-04-01', document_no: '市融改〔2022〕8号' }
    const engageAs = async (user: User) => {
      const page = await client.get(url).loginAs(user)
      const answer = await client
        .post(`${url}/re-engagement`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form(form)
      return [page.text().includes(`${url}/re-engagement`), answer.status()]
    }
    const user = await givenUser({ role: 'hr_officer', unitId })
    assert.deepEqual(await engageAs(user), [false, 403])
    assert.isEmpty(await rowsOf('transfer_batches'))
    assert.isNull((await participantById(staff[0].place.id)).batchId)
    await insert('grants', {
      user_id: user.id,
      role: 'hr_officer',
      scope: 'unit',
      scope_id: source,
      valid_from: '2000-01-01',
      state: 'active',
    })
    assert.deepEqual(await engageAs(user), [true, 302])
    assert.lengthOf(await rowsOf('transfer_batches'), 1)
  })

  test('whose line goes into a batch of its own is engaged by that one', async ({ assert }) => {
    const round = await givenSigned(3)
    const { officer, staff } = round
    const [batchId] = await engage(round)
    const { id } = await lineOf(batchId, staff[1].personId)
    const findings = JSON.stringify([
      { code: 'held', level: 'blocked', params: {}, wayOut: 'resolve_hold' },
    ])
    await db.from('transfer_lines').where('id', id).update({ verdict: 'blocked', findings })
    const { version } = await batchById(batchId)
    const own = await splitWaitingLines({ batchId, version, title: '待定' }, officer)
    await db.from('transfer_batches').where('id', batchId).update({ state: 'executed' })
    assert.equal(await standOf(round, 0), 're_engaged')
    assert.equal(await standOf(round, 1), 'in_batch')
    assert.equal((await participantById(staff[1].place.id)).batchId, own)
    assert.lengthOf(await rowsOf('contracts', { batch_id: own }), 1)
  })

  test('whom the reversal of the batch takes back waits for a batch again, on the old contract', async ({
    assert,
  }) => {
    const round = await givenSigned(3)
    const { officer, staff } = round
    const { personId } = staff[1]
    await givenDecided([round.unitId], await givenDocument())
    const before = await contractOfPerson(personId)
    const [batchId] = await engage(round)
    await execute(batchId, round, '2022-04-01')
    assert.equal(await standOf(round, 1), 're_engaged')
    assert.equal((await contractOfPerson(personId))!.startsOn, '2022-04-01')

    const reversal = await reverseBatch(
      {
        batchId,
        title: '撤回转聘',
        documentNo: '市融改〔2022〕9号',
        reason: '撤回',
        effectiveOn: '2022-05-01',
      },
      officer
    )
    assert.equal(await standOf(round, 1), 're_engaged')
    await execute(reversal, round, '2022-05-01')
    assert.equal(await standOf(round, 1), 'signed')
    assert.deepEqual(await contractOfPerson(personId), before)
    assert.lengthOf(await rowsOf('audit_events', { action: 'selection.people.left_batch' }), 1)
  })

  async function execute(batchId: number, { officer, head }: SealedRound, date: string) {
    const signers = {
      unit: head,
      personnel: await givenActor({ role: 'personnel_approver' }),
      establishment: await givenActor({ role: 'establishment_approver' }),
    }
    await submit(batchId, officer)
    for (const step of ['unit', 'personnel', 'establishment'] as const) {
      await sign(batchId, step, '同意', signers[step])
    }
    clock.freeze(date)
    await executeBatch({ batchId }, head)
  }
})
