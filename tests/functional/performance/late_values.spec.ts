import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { decide } from '#decisions/actions/decide'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { runImport } from '#imports/actions/run_import'
import { undoImport } from '#imports/actions/undo_import'
import { importById } from '#imports/queries/import_row'
import { moveCycle } from '#performance/actions/move_cycle'
import { calibrateCard } from '#performance/actions/rate_card'
import { cardById } from '#performance/queries/cards'
import { changesOf } from '#performance/queries/result_versions'
import { checkPlaces, checkScores } from '#performance/queries/performance_checks'
import { clock } from '#shared/clock'
import { digest } from '#shared/crypto'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, rowsOf } from '#tests/support/givens'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenOffice,
  givenScheme,
  givenTeam,
  system,
  TODAY,
  versionOf,
} from './givens.js'

const NUMBERS = ['11010519491231002X', '53010219200508011X']
const HEADER = '姓名,身份证号码,工作量分,质量分'

test.group('Values that come in calibration', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  /** Two people with 80 and 90 by a sheet in which the second stands twice; the cycle in calibration. */
  async function givenCalibration() {
    const { unitId, personIds } = await givenTeam(2)
    for (const [index, number] of NUMBERS.entries()) {
      const identity_digest = digest(number, 'identity')
      await db.from('persons').where('id', personIds[index]).update({ identity_digest })
    }
    await givenScheme(await givenLibrary('imported'), unitId)
    const cycleId = await givenCycle(unitId)
    const sheet = async (rows: string[], header = HEADER) => {
      const folder = await mkdtemp(join(tmpdir(), 'results-'))
      const path = join(folder, 'results.csv')
      await writeFile(path, [header, ...rows].join('\n'))
      const answers = { cycle: `${cycleId}:${unitId}` }
      const file = { definition: 'review_results', path, fileName: '考核结果.csv', answers }
      return runImport({ ...file, actor: system, confirm: true }).finally(() =>
        rm(folder, { recursive: true })
      )
    }
    const row = (index: number, score: number) => `职工${index},${NUMBERS[index]},${score},${score}`
    await sheet([row(0, 80), row(1, 90), row(1, 70)])
    const office = await givenOffice()
    await moveCycle({ cycleId, version: await versionOf(cycleId), verb: 'calibrate' }, office.head)
    const [first, second] = await cardsOf(cycleId)
    return { ...office, cycleId, sheet, row, first, second }
  }

  const versions = async (cardId: number) =>
    (await changesOf(cardId)).map(({ stage, scoreBefore, scoreAfter }) => {
      return [stage, scoreBefore, scoreAfter]
    })
  const figures = async (cardId: number) => {
    const { score, quantity, trace } = await cardById(cardId)
    return [score, quantity, trace?.items[0].value]
  }

  test('a sheet without the column of a figure leaves the figure as it was', async ({ assert }) => {
    const { sheet, first } = await givenCalibration()
    await sheet([`职工0,${NUMBERS[0]},60`], '姓名,身份证号码,质量分')
    const values = await rowsOf('card_values', { scorecard_id: first.id, source: 'imported' })
    assert.sameMembers(
      values.map(({ value }) => value),
      ['80', '60']
    )
  })

  test('a second row that is kept counts in the score, as a version of the result', async ({
    assert,
  }) => {
    const { officer, second } = await givenCalibration()
    assert.deepEqual(await figures(second.id), ['90', '90', '90'])
    const [held] = await rowsOf('decisions', { subject_type: 'scorecard' })
    await proposeDecision(
      {
        decisionId: Number(held.id),
        version: Number(held.version),
        fields: { choice: 'keep' },
        reason: '以第二行为准',
        effectiveOn: null,
        documentId: await givenDocument(),
      },
      officer
    )
    const decider = await givenActor({ role: 'leadership' })
    await decide({ decisionId: Number(held.id), version: Number(held.version) + 1 }, decider)
    assert.deepEqual(await figures(second.id), ['70', '70', '70'])
    assert.deepEqual(await versions(second.id), [['import', '90', '70']])
    assert.deepEqual(await checkScores(), [])
  })

  test('a late sheet counts in the score; taken back, the score is as it was', async ({
    assert,
  }) => {
    const { sheet, row, head, first, second } = await givenCalibration()
    const calibrated = { version: first.version, score: '82', reason: '抽调任务未计入' }
    await calibrateCard({ cardId: first.id, ...calibrated }, head)
    const importId = await sheet([row(0, 60), row(1, 65)])
    assert.deepEqual(await figures(first.id), ['60', '60', '60'])
    assert.deepEqual(await figures(second.id), ['65', '65', '65'])
    assert.deepEqual(await versions(second.id), [['import', '90', '65']])
    assert.deepEqual(await versions(first.id), [
      ['import', '82', '60'],
      ['calibration', '80', '82'],
    ])
    const { version } = await importById(importId)
    await undoImport({ id: importId, version }, system)
    assert.deepEqual(await figures(first.id), ['82', '80', '80'])
    assert.deepEqual(await figures(second.id), ['90', '90', '90'])
    assert.deepEqual(await versions(second.id), [])
    assert.deepEqual(await checkScores(), [])
    assert.deepEqual(await checkPlaces(), [])
  })
})
