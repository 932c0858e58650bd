import { test } from '@japa/runner'
import { buildActor } from '#accounts/queries/build_actor'
import { proposeEnding } from '#selection/actions/endings'
import { advanceRound } from '#selection/actions/advance'
import { planArrangement } from '#selection/actions/arrangements'
import { enterPaper } from '#selection/actions/papers'
import { arrangementById } from '#selection/queries/arrangements'
import { roundById } from '#selection/queries/rounds'
import { selectionInbox } from '#selection/queries/selection_inbox'
import { searchSelection } from '#selection/queries/selection_search'
import type User from '#accounts/models/user'
import type { Role } from '#shared/actor'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import { ending, givenContract, givenRound, givenSealedRound, givenUnplaced } from './givens.js'

test.group('Selection: a grant for one round', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  const holderOf = (roundId: number, role: Role) =>
    givenUser({ role, caseKey: `selection_round:${roundId}` })

  /** A round with its result and people without a place, and another of the same unit. */
  async function givenTwoRounds() {
    const given = await givenUnplaced()
    const otherId = await givenRound(given.officer, { unitId: given.unitId, name: '另外一轮' })
    const [row] = given.rows
    return { ...given, row, otherId }
  }

  const inboxOf = async (user: User) =>
    (await selectionInbox(await buildActor(user.id), (key) => key)).map(({ id }) => id)

  test('its pages open for the holder, those of another round of the unit do not', async ({
    client,
    assert,
  }) => {
    const { roundId, otherId, row } = await givenTwoRounds()
    const { matchingId } = await roundById(roundId)
    const pages = [
      `/selection/rounds/${roundId}`,
      `/selection/rounds/${roundId}/people/export`,
      `/selection/rounds/${roundId}/results/export`,
      `/selection/people/${row.participantId}`,
      `/selection/arrangements/${row.id}`,
      `/selection/matchings/${matchingId}`,
      `/selection/matchings/${matchingId}/verification`,
    ]
    const holder = await holderOf(roundId, 'hr_head')
    const stranger = await holderOf(otherId, 'hr_head')
    for (const url of pages) {
      assert.equal((await client.get(url).loginAs(holder)).status(), 200, url)
      assert.equal((await client.get(url).loginAs(stranger)).status(), 403, url)
    }
    const people = await client.get(`/selection/rounds/${roundId}?tab=people`).loginAs(holder)
    people.assertTextIncludes(row.name)
  })

  test('list, search and inbox name the own round alone', async ({ client, assert }) => {
    const { roundId, otherId, row, officer } = await givenTwoRounds()
    await givenContract(row.personId)
    const plan = { id: row.id, version: row.version, ownerId: officer.userId!, dueOn: null }
    await planArrangement({ ...plan, nextStep: 'ending', note: null }, officer)
    const endingId = await proposeEnding(ending(row.id), officer)
    for (const [id, name, other, items] of [
      [roundId, '第一轮双向选择', '另外一轮', [`selection_ending:${endingId}`]],
      [otherId, '另外一轮', '第一轮双向选择', [`selection_round:${otherId}:approve`]],
    ] as const) {
      const holder = await holderOf(id, 'hr_head')
      const list = (await client.get('/selection/rounds').loginAs(holder)).text()
      assert.include(list, name)
      assert.notInclude(list, other)
      const hits = await searchSelection(await buildActor(holder.id), '轮', 10)
      assert.deepEqual(
        hits.map(({ title }) => title),
        [name]
      )
      assert.deepEqual(await inboxOf(holder), [...items])
    }
  })

  test('an officer works on the own round, and prepares none', async ({ client, assert }) => {
    const { roundId, otherId, row } = await givenTwoRounds()
    const holder = await holderOf(roundId, 'hr_officer')
    const stranger = await holderOf(otherId, 'hr_officer')
    const plan = async (user: User) => {
      const { version } = await arrangementById(row.id)
      return client
        .post(`/selection/arrangements/${row.id}`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({ version, owner_id: holder.id, next_step: 'training', note: '已谈话' })
    }
    assert.equal((await plan(stranger)).status(), 403)
    assert.deepEqual(await arrangementById(row.id), row)
    assert.equal((await plan(holder)).status(), 302)
    const { ownerId, nextStep } = await arrangementById(row.id)
    assert.deepEqual([ownerId, nextStep], [holder.id, 'training'])
    assert.deepEqual(await inboxOf(holder), [`selection_arrangements:${roundId}`])
    for (const url of [
      '/selection/rounds/create',
      `/selection/rounds/${roundId}/edit`,
      `/selection/rounds/${roundId}/posts/create`,
      `/selection/people/${row.participantId}/exception`,
      '/selection/contracts',
    ]) {
      assert.equal((await client.get(url).loginAs(holder)).status(), 403, url)
    }
  })

  test('the head of the own round approves, that of another is refused', async ({
    client,
    assert,
  }) => {
    const { roundId, otherId, row, officer } = await givenTwoRounds()
    await givenContract(row.personId)
    const plan = { id: row.id, version: row.version, ownerId: officer.userId!, dueOn: null }
    await planArrangement({ ...plan, nextStep: 'ending', note: null }, officer)
    const id = await proposeEnding(ending(row.id), officer)
    const document = await givenDocument()
    const approve = async (user: User) =>
      client
        .post(`/selection/endings/${id}/approval`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({ version: 1, document_id: document })
    const state = async () => (await rowsOf('selection_endings', { id }))[0].state
    assert.equal((await approve(await holderOf(otherId, 'hr_head'))).status(), 403)
    assert.equal(await state(), 'asked')
    assert.equal((await approve(await holderOf(roundId, 'hr_head'))).status(), 302)
    assert.equal(await state(), 'approved')
  })

  test('the second of a paper form may be an officer of the round, of another not', async ({
    assert,
  }) => {
    const given = await givenSealedRound()
    const otherId = await givenRound(given.officer, { unitId: given.unitId, name: '另外一轮' })
    clock.freeze('2022-02-21')
    await advanceRound(given.roundId)
    const enter = async (roundId: number) => {
      const second = await holderOf(roundId, 'hr_officer')
      const scan = { storageKey: `selection/${second.id}`, name: '表.pdf', mime: 'application/pdf' }
      const choice = { posts: ['C01'], acceptsPlacement: true }
      const input = { participantId: given.staff[0].place.id, secondId: second.id, choice }
      await enterPaper({ ...input, scan: { ...scan, size: 1, sha256: 'x' } }, given.officer)
    }
    await assert.rejects(() => enter(otherId), 'selection.errors.second_unfit')
    await enter(given.roundId)
    assert.lengthOf(await rowsOf('selection_papers'), 1)
  })
})
