import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { sealEvents } from '#audit/actions/seal'
import { verifyChain } from '#audit/queries/verify_chain'
import { anchoredHeads } from '#audit/queries/anchored_heads'
import { runImport } from '#imports/actions/run_import'
import { quotaBalances, type BalanceRow } from '#organization/queries/quota_balances'
import type { Actor } from '#shared/actor'
import { checkCertificate } from '#shared/certificates/check'
import { clock } from '#shared/clock'
import { dbChecksPort } from '#shared/ports/db_checks'
import { executeBatch } from '#transfers/actions/execute_batch'
import { batchById } from '#transfers/queries/batches'
import { decideHeldRow, decideMissing } from '#database/demo/decisions'
import { check, freePosts, placeByHand, prepare, sign, submit } from '#database/demo/transfers'
import { emptyDatabase } from '#tests/support/database'
import { givenActor } from '#tests/support/givens'

const SHEETS = [
  ['units', 'reform-plan.xlsx'],
  ['posts', 'posts.xlsx'],
  ['quotas', 'quotas.xlsx'],
  ['roster', 'rosters/tv-station.xlsx'],
  ['roster', 'rosters/newspaper.xlsx'],
  ['roster', 'rosters/opinion-centre.gbk.csv'],
]

async function importEverything(actor: Actor) {
  for (const [definition, name] of SHEETS) {
    await runImport({
      definition,
      path: app.makePath('tests/fixtures/data', name),
      fileName: name.split('/').at(-1)!,
      asOf: '2022-01-10',
      actor,
      confirm: true,
    })
  }
}

const sum = (rows: BalanceRow[], column: 'authorised' | 'filled' | 'vacant' | 'reserved') =>
  rows.reduce((total, row) => total + row[column], 0)

/** The figures of the sample data's description: 150 people and 175 quota, the centre at 187. */
test.group('The reform of the sample city', (group) => {
  group.setup(() => emptyDatabase())
  group.teardown(() => clock.release())

  test('rosters in, people and quota moved together, certificate out', async ({ assert }) => {
    clock.freeze('2022-01-10')
    const officer = await givenActor({ role: 'hr_officer' })
    const office = await givenActor({ role: 'leading_group_office' })
    const leader = await givenActor({ role: 'leadership' })
    const signers = {
      unit: await givenActor({ role: 'hr_head' }),
      personnel: await givenActor({ role: 'personnel_approver' }),
      establishment: await givenActor({ role: 'establishment_approver' }),
    }
    await importEverything(officer)
    const units = new Map<string, number>(
      (await db.from('units').select('id', 'name')).map((row) => [row.name, Number(row.id)])
    )
    const centre = units.get('融媒体中心')!
    const merged = ['广播电视台', '报社', '新闻网络舆情中心'].map((name) => units.get(name)!)

    const before = await quotaBalances({ unitIds: merged })
    assert.deepEqual(
      [sum(before, 'authorised'), sum(before, 'filled'), sum(before, 'vacant')],
      [175, 150, 25]
    )

    clock.freeze('2022-02-22')
    const batchId = await prepare(
      {
        title: '连人带编划转',
        documentNo: '市融改〔2022〕5号',
        effectiveOn: '2022-03-01',
        reason: null,
      },
      {
        fromUnitIds: merged,
        toUnitId: centre,
        employmentType: 'establishment',
        withQuota: true,
        vacantSeats: true,
      },
      officer
    )
    const stopped = await check(batchId, officer)
    assert.isFalse(stopped.passed, 'missing decisions and the held row stop the batch')

    await decideHeldRow(office, leader, '市融改〔2022〕2号')
    await decideMissing(
      'commercial_establishment_staff',
      { arrange: 'non_commercial_posts' },
      '市融改〔2022〕3号',
      office,
      leader
    )
    await decideMissing(
      'opinion_centre_establishment_staff',
      { unit_id: centre },
      '市融改〔2022〕4号',
      office,
      leader
    )
    await placeByHand(batchId, await freePosts(centre, '2022-03-01'), officer)
    await submit(batchId, officer)
    for (const step of ['unit', 'personnel', 'establishment'] as const) {
      await sign(batchId, step, '同意', signers[step])
    }
    clock.freeze('2022-03-01')
    await executeBatch({ batchId }, signers.unit)

    const left = await quotaBalances({ unitIds: merged })
    assert.deepEqual([sum(left, 'authorised'), sum(left, 'filled')], [0, 0])
    const now = await quotaBalances({ unitIds: [centre] })
    assert.equal(sum(now, 'authorised'), 187)
    assert.equal(sum(now, 'filled'), 150)
    assert.equal(sum(now, 'vacant'), 25 + 12)
    const everywhere = await quotaBalances({})
    assert.equal(sum(everywhere, 'authorised'), 175 + 12 + 8)
    for (const funding of ['full', 'partial']) {
      const total = sum(
        now.filter((row) => row.fundingType === funding),
        'authorised'
      )
      assert.equal(total, funding === 'full' ? 100 + 12 : 75)
    }

    const people = await db
      .from('assignments')
      .where({ unit_id: centre, open_main: 1, employment_type: 'establishment' })
      .count('* as total')
    assert.equal(Number(people[0].total), 150)

    const { certificateId } = await batchById(batchId)
    const certificate = await db.from('certificates').where('id', certificateId!).firstOrFail()
    assert.deepEqual(checkCertificate(certificate.body), [])
    const changed = certificate.body.replace(/"people":(\d+)/, (_: string, digits: string) => {
      return `"people":${Number(digits) + 1}`
    })
    assert.isNotEmpty(checkCertificate(changed))

    await sealEvents()
    assert.deepEqual(await verifyChain(await anchoredHeads()), [])
    for (const { name, findings } of await dbChecksPort.run()) {
      assert.deepEqual(findings, [], name)
    }
  })

  test('importing everything again adds nothing', async ({ assert }) => {
    clock.freeze('2022-03-02')
    const count = async (table: string) => {
      const [{ total }] = await db.from(table).count('* as total')
      return Number(total)
    }
    const tables = ['persons', 'assignments', 'units', 'posts', 'departments', 'quota_movements']
    const before = await Promise.all(tables.map(count))
    await importEverything(await givenActor({ role: 'hr_officer' }))
    assert.deepEqual(await Promise.all(tables.map(count)), before)
  })
})
