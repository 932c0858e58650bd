import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DEFAULT_DISTRIBUTION } from '#pay/domain/distribution'
import { whatIf } from '#pay/queries/preview'
import { runById } from '#pay/queries/runs'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { givenPost } from '../performance/givens.js'
import { release, TODAY } from './givens.js'
import { givenShares } from './given_cycle.js'

test.group('What if', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('a cap, and a coefficient of a post, beside what is computed; the index of equal pay moves', async ({
    assert,
  }) => {
    const { establishment, contract } = await givenShares()
    const before = [await rowsOf('pay_runs'), await rowsOf('pay_lines')]
    const capped = await whatIf(contract, { ...DEFAULT_DISTRIBUTION, capFen: 6_000_00 })
    assert.isTrue(capped.people.every(({ then }) => then === 6_000_00))
    assert.deepEqual([capped.reserveNow, capped.reserveThen], [0, 12_000_00])
    const [{ nature, people, now, then, index }] = capped.natures
    assert.deepEqual([nature, people, now, then], ['editorial', 6, 48_000_00, 36_000_00])
    assert.approximately(index.now!, 80, 0.5)
    assert.approximately(index.then!, 60, 0.5)
    assert.deepEqual(capped.posts, [
      { key: 'editorial:编辑', name: '编辑', people: 6, coefficient: '1.30' },
    ])
    // everybody holds the one post: another coefficient moves nobody
    const same = await whatIf(establishment, {
      ...DEFAULT_DISTRIBUTION,
      coefficients: { 'editorial:编辑': '2.00' },
    })
    assert.isTrue(same.people.every((one) => one.now === one.then))
    assert.deepEqual([await rowsOf('pay_runs'), await rowsOf('pay_lines')], before)
  })

  test('two posts: the higher coefficient takes from the other, to the fen', async ({
    client,
    assert,
  }) => {
    const { unitId, establishment } = await givenShares()
    const [card] = await rowsOf('scorecards')
    const other = await givenPost(unitId, Number(card.department_id), { name: '记者' })
    await db.from('scorecards').where('id', card.id).update({ post_id: other })
    const result = await whatIf(establishment, {
      ...DEFAULT_DISTRIBUTION,
      coefficients: { 'editorial:记者': '1.95' },
    })
    const moved = result.people.find(({ personId }) => personId === Number(card.person_id))!
    assert.isAbove(moved.then, moved.now)
    const sums = result.people.reduce((sum, one) => [sum[0] + one.now, sum[1] + one.then], [0, 0])
    assert.deepEqual(sums, [60_000_00, 60_000_00])

    const officer = await givenUser({ role: 'pay_officer', unitId })
    const path = `/pay/runs/${establishment.id}/what-if`
    const refusals = [
      ['-1', '保底不能为负。'],
      ['1,5', '请填写金额（元），最多两位小数。'],
    ]
    for (const [floor, words] of refusals) {
      const refused = await client.get(path).qs({ floor }).loginAs(officer)
      assert.include(refused.text(), words)
      assert.include(refused.text(), `value="${floor}"`)
    }
    const list = await client.get(`${path}?floor[]=1&cap[a]=2`).loginAs(officer)
    list.assertStatus(200)
    const page = await client
      .get(path)
      .qs({ coefficients: { 'editorial:记者': '1.95' } })
      .loginAs(officer)
    page.assertStatus(200)
    assert.include(page.text(), 'name="coefficients[editorial:记者]" value="1.95"')
    const wrong = await client.get(`${path}?coefficients[x]=abc`).loginAs(officer)
    assert.include(wrong.text(), '系数「abc」须为数字')
  })

  test('a run that is out is tried as well: what it took from the allotment is its own', async ({
    assert,
  }) => {
    const { office, establishment } = await givenShares()
    await release(office, establishment.id)
    const out = await runById(establishment.id)
    const { people, reserveNow, reserveThen } = await whatIf(out, DEFAULT_DISTRIBUTION)
    assert.equal(out.state, 'released')
    assert.lengthOf(people, 6)
    assert.isTrue(people.every(({ now, then }) => now === then && now > 0))
    assert.equal(reserveThen, reserveNow)
  })
})
