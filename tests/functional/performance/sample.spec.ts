import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { decide } from '#decisions/actions/decide'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { undoImport } from '#imports/actions/undo_import'
import { importById } from '#imports/queries/import_row'
import { moveCycle, proposeResults, resolveCycle } from '#performance/actions/move_cycle'
import { setLeader } from '#performance/actions/set_leaders'
import { quotasOf } from '#performance/queries/cycles'
import { postValuePage } from '#performance/queries/post_values'
import { checkPlaces, checkScores } from '#performance/queries/performance_checks'
import { resultsForPay } from '#performance/queries/results_for_pay'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, rowsOf } from '#tests/support/givens'
import { importOrganization, importRosters, importSample } from '../imports/samples.js'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenOffice,
  givenScheme,
  system,
  TODAY,
  versionOf,
} from './givens.js'

/** 崔洋磊 and 吴芳琪 hold the leader posts of the sample. */
const LEADERS = ['崔洋磊', '吴芳琪']

async function givenSampleCycle(kind: 'quarter' | 'year' = 'quarter') {
  const rows = await db.from('units').where('kind', 'reform').select('id', 'name')
  const units = new Map(rows.map((row) => [row.name, Number(row.id)]))
  const centre = units.get('融媒体中心')!
  const names = ['广播电视台', '报社', '新闻网络舆情中心']
  const cycleId = await givenCycle(centre, {
    kind,
    unitIds: names.map((name) => units.get(name)!),
  })
  for (const card of await cardsOf(cycleId)) {
    if (!LEADERS.includes(card.personName)) continue
    const { id: cardId, version } = card
    await setLeader({ cardId, version, leader: true, documentId: await givenDocument() }, system)
  }
  return { cycleId, centre, answers: { cycle: `${cycleId}:${centre}` } }
}

const SHEET = 'pay/2022-q2.xlsx'

/** One import of the rosters for all of these tests: each goes on where the one before ended. */
test.group('The sample quarter', (group) => {
  let cycleId: number
  let centre: number
  let answers: Record<string, string>

  group.setup(async () => {
    await emptyDatabase()
    clock.freeze('2022-01-10')
    await importOrganization()
    await importRosters()
    clock.freeze(TODAY)
    const quarter = await givenSampleCycle()
    ;({ cycleId, centre, answers } = quarter)
    await givenScheme(await givenLibrary('imported'), centre)
  })
  group.teardown(() => clock.release())

  test('an import is taken back whole, unless a card was worked on since', async ({ assert }) => {
    const importId = await importSample('review_results', SHEET, answers)
    const undo = async () => {
      const { version } = await importById(importId)
      await undoImport({ id: importId, version }, system)
    }
    const [card] = await cardsOf(cycleId)
    await db.from('scorecards').where('id', card.id).increment('version', 1)
    await assert.rejects(undo, 'performance.errors.result_in_use')
    await db.from('scorecards').where('id', card.id).decrement('version', 1)
    await undo()
    assert.lengthOf(await rowsOf('card_values'), 0)
    assert.lengthOf(await rowsOf('scorecard_changes'), 0)
    assert.lengthOf(await rowsOf('post_values'), 0)
    assert.lengthOf(await rowsOf('decisions', { subject_type: 'scorecard' }), 0)
    assert.isTrue((await cardsOf(cycleId)).every(({ rating }) => rating === null))
    assert.deepEqual(await checkPlaces(), [])
  }).timeout(60_000)

  test('268 rows match of which one person twice is held, 6 are unknown; 32 excellent above 29', async ({
    assert,
  }) => {
    assert.lengthOf(await cardsOf(cycleId), 267)
    const importId = await importSample('review_results', SHEET, answers)
    const rows = await rowsOf('import_rows', { import_id: importId })
    const results = rows.filter(({ row_no: no }) => Number(no) < 1_000_000)
    const at = (level: string) =>
      results.filter((row) => row.level === level).map((row) => Number(row.row_no))
    assert.deepEqual(at('rejected'), [21, 28, 49, 56, 78, 102])
    assert.deepEqual(at('held'), [191])
    assert.lengthOf(results, 274)
    const [establishment, contract] = await quotasOf(cycleId)
    assert.deepInclude(establishment, { base: 148, cap: 29, used: 32, binding: false })
    assert.deepInclude(contract, { base: 117, cap: null, used: 24 })
    const said = await rowsOf('import_findings', { import_id: importId, code: 'excellent_over' })
    assert.deepEqual(JSON.parse(said[0].params), { used: 32, cap: 29, base: 148 })
    assert.deepEqual(await checkPlaces(), [])
    const cui = (await cardsOf(cycleId)).find(({ personName }) => personName === LEADERS[0])!
    assert.deepInclude(cui, { outlook: 'leader', inBase: false, rating: 'qualified' })

    // The same file again adds nothing.
    const again = await importSample('review_results', SHEET, answers)
    const effects = await rowsOf('import_effects', { import_id: again })
    assert.deepEqual(
      effects.filter(({ subject_type: type }) => type === 'scorecard'),
      []
    )
  }).timeout(60_000)

  test('in a year’s cycle the same sheet is refused: the cap binds', async ({ assert }) => {
    const year = await givenSampleCycle('year')
    const before = (await rowsOf('card_values')).length
    await assert.rejects(
      () => importSample('review_results', SHEET, year.answers),
      'performance.errors.excellent_over_cap'
    )
    assert.lengthOf(await rowsOf('card_values'), before)
    const [quota] = await quotasOf(year.cycleId)
    assert.deepInclude(quota, { base: 148, used: 0, cap: 29, binding: true })
  }).timeout(60_000)

  test('the held row is decided, the results are decided with the warning, pay finds them', async ({
    assert,
  }) => {
    const { officer, head, leader } = await givenOffice()
    await moveCycle({ cycleId, version: await versionOf(cycleId), verb: 'calibrate' }, head)
    const [held] = await rowsOf('decisions', { subject_type: 'scorecard' })
    await assert.rejects(
      async () => proposeResults({ cycleId, version: await versionOf(cycleId) }, head),
      'performance.errors.rows_held'
    )
    await proposeDecision(
      {
        decisionId: Number(held.id),
        version: Number(held.version),
        fields: { choice: 'reject' },
        reason: '以第4行为准',
        documentId: await givenDocument(),
        effectiveOn: null,
      },
      officer
    )
    const decider = await givenActor({ role: 'leadership' })
    await decide({ decisionId: Number(held.id), version: Number(held.version) + 1 }, decider)
    await proposeResults({ cycleId, version: await versionOf(cycleId) }, head)
    const documentId = await givenDocument()
    await assert.rejects(
      async () =>
        resolveCycle(
          { cycleId, version: await versionOf(cycleId), documentId, comment: null },
          leader
        ),
      'performance.errors.over_needs_word'
    )
    assert.isFalse((await resultsForPay(cycleId)).decided)
    await resolveCycle(
      {
        cycleId,
        version: await versionOf(cycleId),
        documentId,
        comment: '季度考核超比例3人，年度考核时统筹',
      },
      leader
    )
    const { decided, results } = await resultsForPay(cycleId)
    assert.isTrue(decided)
    assert.lengthOf(results, 267)
    const wu = results.find(({ personName }) => personName === LEADERS[1])!
    assert.deepInclude(wu, {
      quantity: '84.5',
      quality: '96.5',
      adjustment: '0',
      attendance: '1',
      score: '90.5',
      rating: 'qualified',
      leader: true,
    })
    const zou = results.find(({ personName }) => personName === '邹兰')!
    assert.deepInclude(zou, { quantity: '67.9', quality: '84.8', adjustment: '10', score: '86.35' })
    assert.deepEqual(
      results.filter(({ coefficient }) => coefficient === null).map(({ postName }) => postName),
      []
    )
    assert.deepEqual(await checkScores(), [])
    const { rows: values } = await postValuePage({ units: [centre] }, TODAY, null)
    assert.equal(values.find(({ code }) => code === 'E01')?.value?.coefficient, '1.45')
  }).timeout(60_000)
})
