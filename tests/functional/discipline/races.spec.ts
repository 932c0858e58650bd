import { test } from '@japa/runner'
import { disposeAsset } from '#discipline/actions/assets'
import { openCount, saveCountLines } from '#discipline/actions/counts'
import {
  approveDivestiture,
  createDivestiture,
  submitDivestiture,
} from '#discipline/actions/divestitures'
import { executeDivestiture } from '#discipline/actions/execute_divestiture'
import { confirmCount, submitCount } from '#discipline/actions/move_count'
import { setLimit } from '#discipline/actions/set_limit'
import { correctSpending } from '#discipline/actions/spending'
import { settleWarning } from '#discipline/actions/watch_spending'
import { assetHoldings, countHoldings } from '#discipline/dissolution'
import { countById, countLines } from '#discipline/queries/counts'
import { spendingById } from '#discipline/queries/spending'
import { executeUnitChange } from '#organization/actions/execute_unit_change'
import { proposeUnitChange } from '#organization/actions/propose_unit_change'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenUnit, rowsOf } from '#tests/support/givens'
import { meanwhile } from '#tests/support/meanwhile'
import { together } from '#tests/support/together'
import { givenAsset, givenFreeze, INSIDE, spend } from './givens.js'

const ROUNDS = 10

test.group('Discipline, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(INSIDE)
    return () => clock.release()
  })

  /** Payments just below the ceiling to one payee: three are a sign. */
  async function givenSplit(unitId: number, count: number, payee: string) {
    const ids: number[] = []
    for (let index = 0; index < count; index++) {
      ids.push(await spend(unitId, { amountFen: 170_000, payee }))
    }
    const warningOf = async () => (await rowsOf('spending_warnings', { payee }))[0]
    return { ids, warningOf }
  }

  async function correction(spendingId: number) {
    const officer = await givenActor({ role: 'finance_officer' })
    const { version } = await spendingById(spendingId)
    return () => correctSpending({ spendingId, version, reason: '重复登记' }, officer)
  }

  test('two payments taken back at once: the watch sees that both are gone', async ({ assert }) => {
    const { unitId } = await givenFreeze()
    for (let round = 0; round < ROUNDS; round++) {
      const { ids, warningOf } = await givenSplit(unitId, 4, `商店${round}`)
      const [first, second, ...rest] = await Promise.all(ids.map(correction))
      assert.deepEqual(await together([first, second]), [])
      assert.equal((await warningOf()).state, 'gone', `round ${round}`)
      for (const take of rest) await take()
    }
  }).timeout(120_000)

  test('a warning that is judged while its payment is taken back stays as it was judged', async ({
    assert,
  }) => {
    const { unitId } = await givenFreeze()
    const inspector = await givenActor({ role: 'discipline_inspector' })
    for (let round = 0; round < ROUNDS; round++) {
      const { ids, warningOf } = await givenSplit(unitId, 3, `商店${round}`)
      const { id, version } = await warningOf()
      const judged = { warningId: Number(id), version: Number(version), comment: '属实，已整改' }
      const judge = () => settleWarning({ ...judged, verb: 'clear' }, inspector)
      const [take, ...rest] = await Promise.all(ids.map(correction))
      const refusals = await together(round % 2 ? [judge, take] : [take, judge])
      const { state } = await warningOf()
      assert.equal(state, refusals.length ? 'gone' : 'cleared', `round ${round}`)
      for (const other of rest) await other()
    }
  }).timeout(120_000)

  test('the ceilings of a day set by two: one holds, the other stays on record', async ({
    assert,
  }) => {
    const { office, documentId } = await givenFreeze()
    for (let round = 0; round < ROUNDS; round++) {
      const limit = {
        category: 'office' as const,
        singleFen: 1,
        documentId,
        validFrom: `2022-03-${10 + round}`,
      }
      const set = (monthFen: number) => () => setLimit({ ...limit, monthFen }, office)
      assert.deepEqual(await together([set(1), set(2)]), [])
      const rows = await rowsOf('spending_limits', { valid_from: limit.validFrom })
      const live = rows.filter((row) => row.superseded_by === null)
      assert.deepEqual([rows.length, live.length], [2, 1], `round ${round}`)
    }
  }).timeout(120_000)

  test('an asset disposed of while it is divided: one is refused', async ({ assert }) => {
    const keeper = await givenActor({ role: 'finance_officer' })
    const documentId = await givenDocument()
    const [centreId, companyId] = [await givenUnit(), await givenUnit()]
    for (let round = 0; round < ROUNDS; round++) {
      const unitId = await givenUnit()
      const assetId = await givenAsset(unitId)
      const asset = { assetId, version: 1, byCourt: false, reason: '报废', documentId }
      const division = { title: '剥离', fromUnitIds: [unitId], centreId, companyId, documentId }
      const dispose = () => disposeAsset(asset, keeper)
      const divide = () => createDivestiture({ ...division, effectiveOn: INSIDE }, keeper)
      const refusals = await together(round % 2 ? [dispose, divide] : [divide, dispose])
      assert.lengthOf(refusals, 1, `round ${round}`)
    }
  }).timeout(120_000)

  test('a division carried out while a side of it ends leaves nothing in a unit that is gone', async ({
    assert,
  }) => {
    const keeper = await givenActor({ role: 'finance_officer' })
    const office = await givenActor({ role: 'leading_group_office' })
    const head = await givenActor({ role: 'hr_head' })
    const documentId = await givenDocument()
    for (let round = 0; round < ROUNDS; round++) {
      const [unitId, centreId, companyId] = [
        await givenUnit(),
        await givenUnit(),
        await givenUnit(),
      ]
      await givenAsset(unitId, { purpose: 'commercial' })
      const division = { title: '剥离', fromUnitIds: [unitId], centreId, companyId, documentId }
      const divestitureId = await createDivestiture({ ...division, effectiveOn: INSIDE }, keeper)
      await submitDivestiture({ divestitureId, version: 1 }, keeper)
      await approveDivestiture({ divestitureId, version: 2 }, office)
      const changeId = await proposeUnitChange(
        {
          kind: 'dissolve',
          effectiveOn: INSIDE,
          documentId,
          reason: null,
          predecessorIds: [companyId],
          successorIds: [],
        },
        keeper
      )
      const execute = () => executeDivestiture({ divestitureId, version: 3 }, office)
      const end = () => executeUnitChange({ changeId, version: 1, settlements: {} }, head)
      const refusals = await together(round % 2 ? [execute, end] : [end, execute])
      assert.lengthOf(refusals, 1, `round ${round}`)
    }
  }).timeout(120_000)

  test('assets divided while their unit ends stay where the division finds them', async ({
    assert,
  }) => {
    const keeper = await givenActor({ role: 'finance_officer' })
    const documentId = await givenDocument()
    const [unitId, centreId, companyId] = [await givenUnit(), await givenUnit(), await givenUnit()]
    await givenAsset(unitId)
    const division = { title: '剥离', fromUnitIds: [unitId], centreId, companyId, documentId }
    const { here, there } = await meanwhile(
      (trx) => assetHoldings.list(unitId, trx),
      () => createDivestiture({ ...division, effectiveOn: INSIDE }, keeper),
      (trx) => assetHoldings.settle(unitId, centreId, INSIDE, trx)
    )
    assert.lengthOf([...here, ...there], 1)
  })

  test('a count confirmed while its unit ends stays confirmed', async ({ assert }) => {
    const unitId = await givenUnit()
    await givenAsset(unitId)
    const keeper = await givenActor({ role: 'finance_officer' })
    const head = await givenActor({ role: 'finance_head' })
    const countId = await openCount({ unitId, asOf: INSIDE, documentId: null }, keeper)
    const [{ id: lineId, version, book }] = await countLines(countId)
    const line = { lineId, version, result: 'found' as const, facts: book, explanation: null }
    await saveCountLines({ countId, lines: [line] }, keeper)
    await submitCount({ countId, version: (await countById(countId)).version }, keeper)
    const move = { countId, version: (await countById(countId)).version }
    const { there } = await meanwhile(
      (trx) => countHoldings.list(unitId, trx),
      () => confirmCount(move, head),
      (trx) => countHoldings.settle(countId, null, INSIDE, trx)
    )
    assert.equal((await countById(countId)).state, there.length ? 'withdrawn' : 'confirmed')
  })
})
