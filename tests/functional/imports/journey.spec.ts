import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { dbChecksPort } from '#shared/ports/db_checks'
import { importById } from '#imports/queries/import_row'
import { resolveUnit } from '#organization/queries/resolve_unit'
import { poolBalances, quotaBalances } from '#organization/queries/quota_balances'
import { quotaTargets } from '#organization/queries/quota_targets'
import { emptyDatabase } from '#tests/support/database'
import { DATA, importOrganization, importRosters, ROSTERS } from './samples.js'

const OLD_UNITS = ['广播电视台', '报社', '新闻网络舆情中心']

test.group('The sample workbooks, imported in their order', (group) => {
  let organization: number[] = []
  let rosters: number[] = []

  group.setup(async () => {
    await emptyDatabase()
    clock.freeze('2022-01-10')
    organization = await importOrganization()
    rosters = await importRosters()
    return () => clock.release()
  })

  test('rosters say exactly what is expected of them', async ({ assert }) => {
    const { rows } = JSON.parse(readFileSync(`${DATA}rosters/expected.json`, 'utf8'))
    const expected = rows.map(({ file, row, level, code, field }: any) => ({
      file,
      row,
      level,
      code,
      field,
    }))
    const found = await db
      .from('import_findings')
      .whereIn('import_id', rosters)
      .select('import_id', 'row_no as row', 'level', 'code', 'field')
    const said = found.map(({ import_id: id, row, level, code, field }) => ({
      file: ROSTERS[rosters.indexOf(Number(id))],
      row: Number(row),
      level,
      code,
      field,
    }))
    assert.sameDeepMembers(said, expected)
    assert.lengthOf(said, expected.length)
  })

  test('people are accepted, rejected and held as counted', async ({ assert }) => {
    const totals = await Promise.all(rosters.map(async (id) => (await importById(id)).totals!))
    const sum = (name: 'rows' | 'rejected' | 'held' | 'create') =>
      totals.reduce((all, one) => all + one[name], 0)
    assert.deepEqual([sum('rows'), sum('create'), sum('rejected'), sum('held')], [274, 267, 6, 1])
    const staff = await db
      .from('assignments')
      .where({ employment_type: 'establishment', live: 1 })
      .groupBy('funding_type')
      .select('funding_type')
      .count('* as people')
    const byFunding = Object.fromEntries(staff.map((row) => [row.funding_type, Number(row.people)]))
    assert.deepEqual(byFunding, { full: 85, partial: 65 })
    assert.lengthOf(await db.from('assignments').where('employment_type', 'contract'), 117)
    assert.lengthOf(await db.from('persons'), 267)
  })

  test('the ledger holds 175 seats, 150 filled and 25 vacant', async ({ assert }) => {
    const ids = await Promise.all(OLD_UNITS.map((name) => idOf(name)))
    const rows = await quotaBalances({ unitIds: ids, asOf: '2022-01-10' })
    const sum = (name: 'authorised' | 'filled' | 'vacant' | 'reserved' | 'over') =>
      rows.reduce((all, row) => all + row[name], 0)
    const figures = [sum('authorised'), sum('filled'), sum('vacant'), sum('reserved'), sum('over')]
    assert.deepEqual(figures, [175, 150, 25, 0, 0])
    const full = rows.filter(({ fundingType }) => fundingType === 'full')
    assert.equal(
      full.reduce((all, row) => all + row.authorised, 0),
      100
    )
  })

  test('what is new comes through the pool: 12 to the centre, 8 to 外宣中心', async ({
    assert,
  }) => {
    const centre = await idOf('融媒体中心')
    const outreach = await idOf('外宣中心')
    const rows = await quotaBalances({ unitIds: [centre, outreach], asOf: '2022-02-20' })
    const seats = (unitId: number) =>
      rows
        .filter((row) => row.unitId === unitId && row.vacant > 0)
        .map(({ fundingType, category, vacant }) => [fundingType, category, vacant])
    assert.deepEqual(seats(centre), [['full', 'professional', 12]])
    assert.deepEqual(seats(outreach), [
      ['full', 'management', 3],
      ['full', 'professional', 5],
    ])
    assert.isTrue((await poolBalances()).every(({ balance }) => balance === 0))
    const openings = await db
      .from('quota_movements as m')
      .join('documents as d', 'd.id', 'm.document_id')
      .join('quota_entries as e', 'e.movement_id', 'm.id')
      .join('quota_accounts as a', 'a.id', 'e.account_id')
      .where({ 'm.kind': 'opening', 'a.kind': 'pool' })
      .groupBy('d.document_no')
      .orderBy('d.document_no')
      .select('d.document_no')
      .sum('e.amount as seats')
    const byDocument = openings.map((row) => [row.document_no, Number(row.seats)])
    assert.deepEqual(byDocument, [
      ['编发〔2022〕3号', 12],
      ['编发〔2022〕4号', 8],
    ])
    const targets = await quotaTargets({ asOf: '2022-02-20', unitIds: [centre] })
    assert.equal(
      targets.reduce((all, { total }) => all + total, 0),
      187
    )
  })

  test('the person of two units is an open question with both sides', async ({ assert }) => {
    const [held] = await db.from('decisions').where('kind', 'held')
    const evidence = JSON.parse(held.evidence)
    assert.equal(held.state, 'open')
    assert.equal(held.subject_type, 'person')
    assert.deepEqual(
      evidence.units.map(({ unitName }: any) => unitName),
      ['广播电视台', '报社']
    )
    assert.include(evidence.title, '王敏欣')
    assert.notMatch(held.evidence, /\d{17}[\dX]/)
  })

  test('units are linked to what they come from, and others were made once', async ({ assert }) => {
    const links = await db
      .from('unit_change_links as l')
      .join('unit_changes as c', 'c.id', 'l.change_id')
      .leftJoin('units as p', 'p.id', 'l.predecessor_id')
      .leftJoin('units as s', 's.id', 'l.successor_id')
      .select('c.kind', 'c.effective_on', 'p.name as before', 's.name as after', 'l.note')
    const said = links.map(({ kind, before, after }) => [kind, before, after].join(' '))
    assert.sameMembers(said, [
      'merge 广播电视台 融媒体中心',
      'merge 报社 融媒体中心',
      'merge 新闻网络舆情中心 融媒体中心',
      'restructure 四川省川西广播电视公司 文化传媒公司',
      'spin_off 报社 文化传媒公司',
      'spin_off 广播电视台 文化传媒公司',
      'form  外宣中心',
    ])
    const external = await db.from('units').where('kind', 'external').orderBy('id')
    assert.sameMembers(
      external.map(({ name }) => name),
      ['市委宣传部', '市文旅公司', '四川省川西广播电视公司']
    )
    assert.isTrue((await importById(organization[0])).totals!.confirmations.length === 1)
    const after = await resolveUnit('广播电视台', '2022-06-01')
    assert.deepInclude(after, { kind: 'found', unitName: '广播电视台' })
  })

  test('a name of the sheet is remembered for the unit that was confirmed', async ({ assert }) => {
    const alias = await resolveUnit('舆情中心', '2022-01-10')
    assert.deepInclude(alias, { kind: 'found', unitName: '新闻网络舆情中心' })
  })

  test('nothing that an import keeps holds an identity number in clear', async ({ assert }) => {
    const tables = [
      'import_rows',
      'import_pieces',
      'import_findings',
      'imports',
      'persons',
      'audit_events',
    ]
    for (const table of tables) {
      const text = JSON.stringify(await db.from(table))
      assert.notMatch(text, /5199\d{13}[\dX]/, table)
    }
  })

  test('the database checks find nothing', async ({ assert }) => {
    const results = await dbChecksPort.run()
    assert.deepEqual(
      results.flatMap(({ findings }) => findings),
      []
    )
  })

  test('importing everything again adds nothing', async ({ assert }) => {
    const tables = [
      'units',
      'unit_names',
      'unit_facts',
      'unit_changes',
      'departments',
      'posts',
      'documents',
      'quota_targets',
      'quota_movements',
      'quota_entries',
      'persons',
      'assignments',
      'decisions',
      'person_revisions',
      'import_effects',
    ]
    const counts = async () =>
      Object.fromEntries(
        await Promise.all(tables.map(async (name) => [name, (await db.from(name)).length]))
      )
    const before = await counts()
    await importOrganization()
    const again = await importRosters()
    assert.deepEqual(await counts(), before)
    const totals = await Promise.all(again.map(async (id) => (await importById(id)).totals!))
    assert.equal(
      totals.reduce((sum, { same }) => sum + same, 0),
      267
    )
  })

  async function idOf(name: string): Promise<number> {
    return Number((await db.from('units').where({ name }).firstOrFail()).id)
  }
})
