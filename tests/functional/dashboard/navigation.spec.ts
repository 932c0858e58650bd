import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { ROLES } from '#shared/actor'
import { buildActor } from '#accounts/queries/build_actor'
import { NAVIGATION, navigationFor } from '#dashboard/domain/navigation'
import { emptyDatabase } from '#tests/support/database'
import { givenPerson, givenUnit, givenUser } from '#tests/support/givens'

/** A manager's grant reaches one department; the other roles are everywhere. */
async function departmentFor(role: string): Promise<number | undefined> {
  if (role !== 'department_manager') return undefined
  const [id] = await db.table('departments').insert({
    unit_id: await givenUnit(),
    name: '总编室',
    valid_from: '2020-01-01',
    created_at: clock.now(),
  })
  return Number(id)
}

test.group('Menu', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    await db.table('calendar_years').insert({
      year: Number(clock.today().slice(0, 4)),
      confirmed: true,
      source: 'test',
      created_at: clock.now(),
    })
  })

  test('every entry of {$self} opens')
    .with([...ROLES])
    .run(async ({ client, assert }, role) => {
      const personId = await givenPerson()
      const user = await givenUser({ role, personId, departmentId: await departmentFor(role) })
      const actor = await buildActor(user.id)
      const entries = navigationFor(actor).flatMap(({ items }) => items)
      const answers = await Promise.all(entries.map(({ url }) => client.get(url).loginAs(user)))
      const refused = entries
        .map(({ url }, index) => `${answers[index].status()} ${url}`)
        .filter((answer) => !answer.startsWith('200'))
      assert.deepEqual(refused, [])
    })

  test('some role sees each entry, and its page is marked', async ({ assert }) => {
    const seen = new Set<string>()
    for (const role of ROLES) {
      const { id } = await givenUser({ role, personId: await givenPerson() })
      const actor = await buildActor(id)
      navigationFor(actor).forEach(({ items }) => items.forEach(({ url }) => seen.add(url)))
    }
    const entries = NAVIGATION.flatMap(({ items }) => items)
    assert.deepEqual(
      entries.map(({ url }) => url).filter((url) => !seen.has(url)),
      []
    )
    const everything = { personId: 1, may: () => true }
    for (const { url } of entries) {
      const marked = navigationFor(everything, url)
        .flatMap(({ items }) => items)
        .filter((entry) => entry.current)
      assert.deepEqual(
        marked.map((entry) => entry.url),
        [url]
      )
    }
  })

  test('an account without a person has nothing of its own', async ({ assert }) => {
    const urls = async (personId?: number) => {
      const { id } = await givenUser({ role: 'staff', personId })
      return navigationFor(await buildActor(id)).flatMap(({ items }) => items.map(({ url }) => url))
    }
    const own = ['/selection/mine', '/recruitment/own', '/performance/mine', '/pay/slips']
    const without = await urls()
    assert.deepEqual(
      own.filter((url) => without.includes(url)),
      []
    )
    assert.includeMembers(await urls(await givenPerson()), own)
  })
})
