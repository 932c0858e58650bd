import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { approveRun, checkRun } from '#pay/actions/move_run'
import { computeRun, requestCompute } from '#pay/actions/compute_run'
import { setAside } from '#pay/actions/slips'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction, type Row } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { at, givenPayroll, givenRun, TODAY } from './givens.js'

const SIZE = 1_000
const EVERY = 50
/** Above this a page hangs, whatever else the machine does (law 15). */
const HANGS = 5_000

/** The one person of a unit as many: as an import would write them, in bulk. */
async function givenThousand(personId: number) {
  const [person] = await rowsOf('persons', { id: personId })
  const copies = Array.from({ length: SIZE - 1 }, (_, index) => ({
    ...written(person),
    name: `职工${index + 1}`,
    name_pinyin: `zhigong ${String(index + 1).padStart(4, '0')}`,
  }))
  await inTransaction((trx) => bulkInsert(trx, 'persons', copies))
  const ids = (await rowsOf('persons')).map(({ id }) => Number(id)).filter((id) => id !== personId)
  for (const table of ['assignments', 'wage_bases']) {
    const [row] = await rowsOf(table, { person_id: personId })
    const rows = ids.map((id) => ({ ...written(row), person_id: id }))
    await inTransaction((trx) => bulkInsert(trx, table, rows))
  }
  return ids
}

/** What is written of a row: without its number and the columns that the database fills. */
const written = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).filter(([name]) => !/^(id|live|open_main|.*_sort)$/.test(name))
  )

test.group('A thousand people', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  async function givenRunOfThousand() {
    const { office, unitId, personIds } = await givenPayroll(1, 9_000_000_00)
    const ids = await givenThousand(personIds[0])
    const runId = await givenRun(office, unitId)
    await requestCompute(await at(runId), office.officer)
    return { office, unitId, ids, runId }
  }

  test('one bad one: listed by name with what is missing, the others all computed', async ({
    client,
    assert,
  }) => {
    const { office, unitId, ids, runId } = await givenRunOfThousand()
    const badId = ids[500]
    await inTransaction((trx) =>
      trx
        .from('wage_bases')
        .where('person_id', badId)
        .update({ step: null, pension_base_fen: null })
    )
    assert.deepEqual(await computeRun({ runId, computeNo: 1 }), { computed: true, people: SIZE })
    const missing = await slipList({ runId, state: 'missing' })
    assert.deepEqual(
      missing.map(({ personId, missing: names, netFen }) => [personId, names, netFen]),
      [[badId, ['薪级工资标准', '养老医疗缴费基数'], 0]]
    )
    const computed = await slipList({ runId, state: 'computed' })
    assert.lengthOf(computed, SIZE - 1)
    assert.isTrue(computed.every(({ grossFen }) => grossFen === 4_371_00))
    assert.equal((await runById(runId)).grossFen, (SIZE - 1) * 4_371_00)
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const page = await client.get(`/pay/runs/${runId}?state=missing`).loginAs(officer)
    for (const text of ['1 人资料不全', missing[0].personName, '薪级工资标准、养老医疗缴费基数']) {
      assert.include(page.text(), text)
    }
    assert.notInclude(page.text(), computed[0].personName)
    await assert.rejects(
      async () => checkRun(await at(runId), office.officer),
      'pay.errors.missing_people'
    )
    await setAside({ slipId: missing[0].id, version: 1, reason: '工资关系未转来' }, office.officer)
    await checkRun(await at(runId), office.officer)
    await approveRun(await at(runId), office.head)
    assert.equal((await runById(runId)).state, 'approved')
  }).timeout(60_000)

  test('pages answer while it computes: none fails, none hangs', async ({ client, assert }) => {
    const { unitId, runId } = await givenRunOfThousand()
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const ask = async () => {
      const started = performance.now()
      const page = await client.get(`/pay/runs/${runId}`).loginAs(officer)
      return { status: page.status(), ms: performance.now() - started }
    }
    await ask()
    const delay = monitorEventLoopDelay({ resolution: 10 })
    delay.enable()
    const started = performance.now()
    let computing = true
    const answers: Awaited<ReturnType<typeof ask>>[] = []
    const seen: number[] = []
    const job = computeRun({ runId, computeNo: 1 }, async ({ done }) => {
      seen.push(done)
    }).finally(() => (computing = false))
    while (computing) {
      answers.push(await ask())
      await sleep(EVERY)
    }
    assert.deepEqual(await job, { computed: true, people: SIZE })
    delay.disable()
    const took = performance.now() - started
    // answered between its pieces, and no piece held the process for a third of the whole
    assert.isAbove(seen.length, 5)
    assert.isAbove(answers.length, 1)
    assert.isTrue(answers.every(({ status }) => status === 200))
    assert.isBelow(Math.max(...answers.map(({ ms }) => ms)), HANGS)
    assert.isBelow(delay.max / 1e6, Math.min(took / 3, HANGS))
  }).timeout(60_000)
})
