import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { dbChecksPort } from '#shared/ports/db_checks'
import { fillQuota, reserveQuota, type SeatsInput } from '#organization/actions/quota/fill_quota'
import { postMovement } from '#organization/actions/quota/post_movement'
import { releaseQuota, vacateQuota } from '#organization/actions/quota/vacate_quota'
import { setTarget } from '#organization/actions/quota/set_target'
import { quotaBalances } from '#organization/queries/quota_balances'
import { quotaTargets } from '#organization/queries/quota_targets'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenDocument, givenPerson, givenUnit } from '#tests/support/givens'
import { givenSeats, system } from './givens.js'
import { contendedRounds } from './race.js'

const seats = (unitId: number, key: string, wanted: SeatsInput['wanted']): SeatsInput => ({
  key,
  unitId,
  fundingType: 'full',
  wanted,
  effectiveOn: '2022-03-01',
  documentId: null,
  subjectType: 'test',
  subjectId: 1,
  reason: null,
})
const fill = (input: SeatsInput & { allowOver?: boolean }) =>
  inTransaction((trx) => fillQuota(trx, system, input))
const findings = async () =>
  (await dbChecksPort.run())
    .filter(({ name }) => name.startsWith('quota'))
    .flatMap((check) => check.findings.map(({ check: code }) => code))

test.group('Quota ledger', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.teardown(() => clock.release())

  test('people fill vacant seats and leave them; the parts always sum up', async ({ assert }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { management: 2, professional: 3 })
    await fill(seats(unitId, 'a', { management: 1, professional: 2 }))
    await inTransaction((trx) => vacateQuota(trx, system, seats(unitId, 'b', { professional: 1 })))
    const figures = (await quotaBalances({ unitIds: [unitId] })).map((row) => [
      row.category,
      row.authorised,
      row.filled,
      row.vacant,
    ])
    assert.deepEqual(figures, [
      ['management', 2, 1, 1],
      ['professional', 3, 1, 2],
    ])
    assert.deepEqual(await findings(), ['quota.people', 'quota.people'])
  })

  test('the category is a soft limit: seats are reclassified and it is said', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { management: 1, professional: 5 })
    const { warnings } = await fill(seats(unitId, 'a', { management: 3 }))
    assert.deepEqual(warnings, [{ category: 'management', missing: 2, takenFrom: 'professional' }])
    const moved = await db.from('quota_movements').where('kind', 'reclassification')
    assert.lengthOf(moved, 1)
    const [management] = await quotaBalances({ unitIds: [unitId] })
    assert.equal(management.authorised, 3)
  })

  test('a category that has enough keeps its seats while another is short', async ({ assert }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 2, support: 1 })
    const { warnings } = await fill(seats(unitId, 'a', { management: 1, professional: 2 }))
    assert.deepEqual(warnings, [{ category: 'management', missing: 1, takenFrom: 'support' }])
  })

  test('unit, funding type and total are hard: refused with the figures, nothing is left', async ({
    assert,
  }) => {
    const unitId = await givenUnit({ name: '报社' })
    await givenSeats(unitId, 'full', { management: 1 })
    await givenSeats(unitId, 'partial', { management: 5 })
    const error = await fill(seats(unitId, 'a', { management: 1, professional: 1 })).catch((e) => e)
    assert.equal(error.key, 'organization.errors.no_room')
    assert.include(error.params, { unit: '报社', funding: 'full', wanted: 2, vacant: 1 })
    assert.lengthOf(await db.from('quota_movements').where('movement_key', 'a'), 0)
  })

  test('the same key has the effect of once, one after the other and at once', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 1 })
    await Promise.all([1, 2, 3].map(() => fill(seats(unitId, 'same', { professional: 1 }))))
    await fill(seats(unitId, 'same', { professional: 1 }))
    const [row] = await quotaBalances({ unitIds: [unitId] })
    assert.deepEqual([row.filled, row.vacant], [1, 0])
  })

  test('the last vacant quota wanted by two at once: one gets it, the other is told', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 1 })
    const results = await Promise.allSettled([
      fill(seats(unitId, 'one', { professional: 1 })),
      fill(seats(unitId, 'two', { management: 1 })),
    ])
    assert.lengthOf(
      results.filter(({ status }) => status === 'fulfilled'),
      1
    )
    const refused = results.find((result) => result.status === 'rejected')!
    assert.equal((refused as PromiseRejectedResult).reason.key, 'organization.errors.no_room')
  })

  test('contended rounds: never more filled than authorised, every movement whole', async ({
    assert,
  }) => {
    const result = await contendedRounds(Number(process.env.RACE_ROUNDS ?? 200))
    assert.deepEqual(result.unexpected, [])
    assert.equal(result.wrongRounds, 0)
    assert.deepEqual([result.granted, result.taken], [result.authorised, result.authorised])
    assert.equal(result.vacant, 0)
    const found = await findings()
    assert.notInclude(found, 'quota.balance')
    assert.notInclude(found, 'quota.movement')
  }).timeout(1_800_000)

  test('a movement that does not sum to zero is never written', async ({ assert }) => {
    const unitId = await givenUnit()
    await assert.rejects(
      () =>
        inTransaction((trx) =>
          postMovement(trx, system, {
            key: 'x',
            kind: 'opening',
            effectiveOn: '2022-01-01',
            documentId: null,
            entries: [
              { unitId, fundingType: 'full', category: 'support', account: 'vacant', amount: 1 },
            ],
          })
        ),
      /zero/
    )
    assert.lengthOf(await db.from('quota_movements'), 0)
  })

  test('figures as of a date; a reservation counts from the day it was made', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 3 }, '2020-01-01')
    await fill({ ...seats(unitId, 'a', { professional: 1 }), effectiveOn: '2022-05-01' })
    clock.freeze('2022-03-10')
    await inTransaction((trx) =>
      reserveQuota(trx, system, {
        ...seats(unitId, 'b', { professional: 1 }),
        effectiveOn: '2022-09-01',
      })
    )
    const on = async (asOf: string) => {
      const [row] = await quotaBalances({ asOf })
      return row ? [row.filled, row.reserved, row.vacant] : null
    }
    assert.isNull(await on('2019-12-31'))
    assert.deepEqual(await on('2022-03-09'), [0, 0, 3])
    assert.deepEqual(await on('2022-03-10'), [0, 1, 2])
    assert.deepEqual(await on('2022-05-01'), [1, 1, 1])
    clock.freeze('2022-04-01')
    await inTransaction((trx) => releaseQuota(trx, system, seats(unitId, 'c', { professional: 1 })))
    assert.deepEqual(await on('2022-03-31'), [0, 1, 2])
    assert.deepEqual(await on('2022-04-01'), [0, 0, 3])
  })

  test('above the quota only by an approved exception, and only as far as it reaches', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 1 })
    const over = (key: string) =>
      fill({ ...seats(unitId, key, { professional: 2 }), allowOver: true })
    const refused = await over('a').catch((error) => error)
    assert.equal(refused.key, 'organization.errors.no_exception')
    const exception = {
      unit_id: unitId,
      funding_type: 'full',
      category: 'professional',
      quantity: 1,
      used: 0,
      reason: '军转干部安置',
      state: 'proposed',
      document_id: await givenDocument(),
      version: 1,
      created_at: clock.now(),
    }
    await db.table('quota_exceptions').insert(exception)
    await assert.rejects(() => over('b'))
    await db.from('quota_exceptions').update({ state: 'approved' })
    assert.deepEqual((await over('c')).over, { professional: 1 })
    const [row] = await quotaBalances()
    assert.deepEqual([row.authorised, row.filled, row.over], [1, 1, 1])
    await assert.rejects(() => over('d'))
  })

  test('the checks find a balance, an entry and a person changed by hand', async ({ assert }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 2 })
    await fill({ ...seats(unitId, 'a', { professional: 1 }), effectiveOn: '2022-03-01' })
    await givenAssignment(await givenPerson(), unitId, {
      employment_type: 'establishment',
      funding_type: 'full',
      quota_category: 'professional',
      valid_from: '2022-03-01',
    })
    assert.deepEqual(await findings(), [])

    await db.from('quota_accounts').where('kind', 'vacant').increment('balance', 1)
    assert.deepEqual(await findings(), ['quota.balance'])
    await db.from('quota_accounts').where('kind', 'vacant').decrement('balance', 1)

    const entry = await db.from('quota_entries').orderBy('id', 'desc').firstOrFail()
    await db
      .from('quota_entries')
      .where('id', entry.id)
      .update({ amount: entry.amount + 1 })
    assert.includeMembers(await findings(), ['quota.balance', 'quota.movement'])
    await db.from('quota_entries').where('id', entry.id).update({ amount: entry.amount })

    await db.from('assignments').update({ quota_category: 'management' })
    assert.deepEqual(await findings(), ['quota.people', 'quota.people'])
  })

  test('a target is no entry; the same one again is the same row, a changed one supersedes', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    const target = {
      unitId,
      fundingType: 'full' as const,
      total: 112,
      management: 17,
      professional: 84,
      support: 11,
      leaderPosts: 4,
      validFrom: '2022-02-20',
      documentId: await givenDocument(),
    }
    const set = (changes = {}) =>
      inTransaction((trx) => setTarget(trx, system, { ...target, ...changes }))
    const first = await set()
    assert.equal(await set(), first)
    assert.notEqual(await set({ total: 113, support: 12 }), first)
    const [row] = await quotaTargets({ asOf: '2022-03-01' })
    assert.deepEqual([row.total, row.support], [113, 12])
    assert.lengthOf(await quotaTargets({ asOf: '2022-02-19' }), 0)
    assert.lengthOf(await quotaBalances(), 0)
    const wrong = await set({ total: 200 }).catch((error) => error)
    assert.equal(wrong.key, 'organization.errors.target_parts')
  })
})
