import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { drainJobs } from '#shared/jobs/queue'
import { factsPort } from '#shared/ports/facts'
import { reverseBatch } from '#transfers/actions/reverse_batch'
import { runDue } from '#transfers/jobs/execute_job'
import { transferProgress } from '#transfers/queries/progress'
import { emptyDatabase } from '#tests/support/database'
import {
  checkAndSubmit,
  DOCUMENT,
  executeOnItsDate,
  givenBatch,
  givenCity,
  givenLines,
  givenPeopleOfOffice,
  givenStaff,
  signAll,
  TODAY,
} from './givens.js'

const BACK = '2022-04-01'

test.group('The fact “transfers done”', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  const fact = async () => (await factsPort.read('transfers.executed', clock.today()))!

  test('is met when every planned batch is executed and conservation holds', async ({ assert }) => {
    assert.deepInclude(await fact(), { met: false, done: 0, planned: 0 })
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    for (let index = 0; index < 3; index++) await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    const before = await fact()
    assert.deepInclude(before, { met: false, done: 0, planned: 3 })
    assert.deepEqual(before.missing, [{ key: 'transfers.facts.under_way', params: { count: 1 } }])

    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    await executeOnItsDate()
    const after = await fact()
    assert.deepInclude(after, { met: true, done: 3, planned: 3, url: '/transfers/batches' })
    assert.deepEqual(after.missing, [])

    await db.from('quota_accounts').where('kind', 'filled').limit(1).increment('balance', 1)
    const broken = await fact()
    assert.isFalse(broken.met)
    assert.equal(broken.missing[0].key, 'transfers.facts.unbalanced')
  })

  test('counts only what the units of the asker take part in, and nothing that was reversed', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    assert.equal((await transferProgress([city.tv])).planned, 1)
    assert.equal((await transferProgress([city.paper])).planned, 0)
    assert.equal((await transferProgress([])).planned, 0)
    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    await executeOnItsDate()
    const back = { title: '撤销划转', documentNo: DOCUMENT, effectiveOn: BACK, reason: '错划' }
    const reversal = await reverseBatch({ ...back, batchId }, office.officer)
    assert.deepInclude(await transferProgress('all'), { planned: 1, done: 1 })
    const checked = await checkAndSubmit(reversal, office.officer)
    assert.isTrue(checked.passed)
    await signAll(reversal, office)
    clock.freeze(BACK)
    await runDue()
    await drainJobs()
    assert.deepInclude(await transferProgress('all'), { planned: 0, done: 0 })
  })
})
