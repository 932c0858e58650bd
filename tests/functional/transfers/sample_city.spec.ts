import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { checkCertificate } from '#shared/certificates/check'
import { inTransaction } from '#shared/database'
import { dbChecksPort } from '#shared/ports/db_checks'
import { decide } from '#decisions/actions/decide'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { recordDocument } from '#decisions/actions/record_document'
import { quotaBalances } from '#organization/queries/quota_balances'
import { unitResolver } from '#organization/queries/resolve_unit'
import { checkBatch } from '#transfers/actions/check_batch'
import { createBatch } from '#transfers/actions/create_batch'
import { setLineTargets } from '#transfers/actions/set_line_targets'
import { splitWaitingLines } from '#transfers/actions/split_waiting_lines'
import { batchById } from '#transfers/queries/batches'
import { lineTotals } from '#transfers/queries/line_totals'
import { linesOf } from '#transfers/queries/lines'
import { postsOfUnit } from '#transfers/queries/posts'
import { emptyDatabase } from '#tests/support/database'
import { importOrganization, importRosters } from '../imports/samples.js'
import {
  checkAndSubmit,
  DOCUMENT,
  EFFECTIVE,
  executeOnItsDate,
  givenLines,
  givenPeopleOfOffice,
  seatsOf,
  signAll,
  versionOf,
  type Office,
} from './givens.js'

/** The figures that the sample workbooks must give (data/expected.md). */
const PEOPLE = 150
const SEATS = 175
const COMMERCIAL = 18
const OPINION_PEOPLE = 8
const CENTRE = 187

test.group('The city of the sample workbooks', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-01-10')
    return () => clock.release()
  })

  test('150 people and 175 seats reach the centre, in two batches, decisions first', async ({
    assert,
  }) => {
    await importOrganization()
    await importRosters()
    clock.freeze('2022-02-25')
    const resolve = await unitResolver()
    const unit = (name: string) => {
      const found = resolve(name, EFFECTIVE)
      if (found.kind !== 'found') throw new Error(name)
      return found.unitId
    }
    const [tv, paper, opinion] = ['广播电视台', '报社', '新闻网络舆情中心'].map(unit)
    const centre = unit('融媒体中心')
    const city = { tv, paper, centre, editor: 0, centrePost: 0 }
    const office = await givenPeopleOfOffice()
    const main = await createBatch(
      { title: '连人带编划转', documentNo: DOCUMENT, effectiveOn: EFFECTIVE, reason: null },
      office.officer
    )
    await givenLines(main, city, office.officer, [tv, paper, opinion])
    assert.deepInclude(await lineTotals(main), { people: PEOPLE, seats: SEATS, vacantSeats: 25 })

    const first = await checkBatch(
      { batchId: main, version: await versionOf(main) },
      office.officer
    )
    assert.deepEqual(first.findings, [])
    const said = (await linesOf(main)).flatMap(({ findings }) =>
      findings.map(({ code, params }) => `${code} ${params.decision ?? ''}`)
    )
    const count = (what: string) => said.filter((one) => one === what).length
    assert.equal(count('decision_missing commercial_establishment_staff'), COMMERCIAL)
    const opinionLines = (await linesOf(main)).filter(({ fromUnitId }) => fromUnitId === opinion)
    assert.lengthOf(
      opinionLines.filter(({ personId }) => personId !== null),
      OPINION_PEOPLE
    )
    assert.equal(count('decision_missing opinion_centre_establishment_staff'), opinionLines.length)
    assert.equal(count('held '), 1)
    assert.equal(count('post_missing '), COMMERCIAL)

    const rest = await splitWaitingLines(
      { batchId: main, version: await versionOf(main), title: '待定事项人员划转' },
      office.officer
    )
    assert.isTrue((await checkAndSubmit(main, office.officer)).passed)
    await signAll(main, office)

    await decideAll(office, centre)
    const open = (await linesOf(rest)).filter((line) => line.personId && !line.toPostId)
    assert.lengthOf(open, COMMERCIAL)
    await assignPosts(rest, centre, office)
    const second = await checkAndSubmit(rest, office.officer)
    assert.isTrue(second.passed, JSON.stringify(await linesOf(rest)))
    await signAll(rest, office)
    await executeOnItsDate()

    for (const batchId of [main, rest]) {
      const batch = await batchById(batchId)
      assert.equal(batch.state, 'executed')
      const row = await db.from('certificates').where('id', batch.certificateId!).firstOrFail()
      assert.deepEqual(checkCertificate(row.body), [])
    }
    const moved = await db
      .from('assignments')
      .where({ unit_id: centre, open_main: 1, employment_type: 'establishment' })
    assert.lengthOf(moved, PEOPLE)
    const rows = await quotaBalances({ unitIds: [centre], asOf: EFFECTIVE })
    const sum = (name: 'authorised' | 'filled' | 'vacant') =>
      rows.reduce((total, row) => total + row[name], 0)
    assert.deepEqual([sum('authorised'), sum('filled')], [CENTRE, PEOPLE])
    for (const old of [tv, paper, opinion]) {
      for (const funding of ['full', 'partial'] as const) {
        assert.deepEqual(await seatsOf(old, funding), { vacant: 0, reserved: 0, filled: 0 })
      }
    }
    const findings = (await dbChecksPort.run()).flatMap((check) => check.findings)
    assert.deepEqual(findings, [])
  })
})

/** The two missing decisions and the held person, each with a document and a second person. */
async function decideAll(office: Office, centre: number) {
  const open = await db.from('decisions').where('state', 'open')
  for (const row of open) {
    const evidence = JSON.parse(row.evidence)
    const fields =
      row.kind === 'held'
        ? { choice: `keep:${evidence.units[0].unitId}` }
        : { arrange: 'non_commercial_posts', unit_id: centre }
    const wanted = ['commercial_establishment_staff', 'opinion_centre_establishment_staff']
    if (row.kind !== 'held' && !wanted.includes(row.code)) continue
    const documentId = await inTransaction((trx) =>
      recordDocument(trx, office.officer, { documentNo: `融改办〔2022〕${row.id}号` })
    )
    const input = { decisionId: Number(row.id), version: Number(row.version), fields, documentId }
    await proposeDecision({ ...input, effectiveOn: null, reason: null }, office.officer)
    const version = Number(row.version) + 1
    await decide({ decisionId: Number(row.id), version }, office.establishment)
  }
}

/** Commercial staff take posts of the centre that are free and fit their grade. */
async function assignPosts(batchId: number, centre: number, office: Office) {
  const posts = await postsOfUnit(centre, EFFECTIVE, batchId)
  const free = new Map(posts.map(({ id, free: places }) => [id, places ?? 0]))
  for (const line of await linesOf(batchId)) {
    if (line.toPostId) free.set(line.toPostId, free.get(line.toPostId)! - 1)
  }
  const fitting = posts.filter(
    ({ employmentType, gradeTop }) =>
      employmentType === 'establishment' && gradeTop === 'professional_5'
  )
  const targets = []
  for (const line of await linesOf(batchId)) {
    if (!line.personId || line.toPostId) continue
    const post = fitting.find(({ id }) => free.get(id)! > 0)!
    free.set(post.id, free.get(post.id)! - 1)
    targets.push({ lineId: line.id, departmentId: null, postId: post.id })
  }
  await setLineTargets({ batchId, version: await versionOf(batchId), targets }, office.officer)
}
