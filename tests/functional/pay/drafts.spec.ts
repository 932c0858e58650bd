import { test } from '@japa/runner'
import { approveItem, saveItem, tryItem, type ItemInput } from '#pay/actions/items'
import { approveScale, saveScale, tryScale } from '#pay/actions/tax_scales'
import { itemById } from '#pay/queries/items'
import { scaleById } from '#pay/queries/tax_scales'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenDocument, givenPerson } from '#tests/support/givens'
import { FLAT_TAX, givenBase, givenPayroll, TODAY } from './givens.js'

test.group('Drafts of pay items and tax tables', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  async function givenInputs() {
    const documentId = await givenDocument()
    const item: ItemInput = {
      code: 'extra',
      name: '加项',
      runKind: 'monthly',
      employmentType: 'establishment',
      side: 'earning',
      tax: 'taxable',
      drawsOn: null,
      formula: '100',
      orderNo: 90,
      validFrom: '2022-08-01',
      documentId,
    }
    return { item, scale: { validFrom: '2022-08-01', steps: FLAT_TAX, documentId } }
  }

  async function givenContract(unitId: number) {
    const personId = await givenPerson({ name: '编外' })
    await givenAssignment(personId, unitId, { employment_type: 'contract' })
    await givenBase(personId)
  }

  test('who changed the draft of another does not approve it', async ({ assert }) => {
    const { office } = await givenPayroll(2)
    const { item, scale } = await givenInputs()
    const id = await saveScale(scale, office.officer)
    const steps = [{ upTo: null, percent: 1 }]
    await saveScale({ ...scale, steps, id, version: 1 }, office.head)
    await tryScale({ id, version: 2 }, office.officer)
    await assert.rejects(
      () => approveScale({ id, version: 3 }, office.head),
      'pay.errors.same_person'
    )
    assert.equal((await scaleById(id)).state, 'draft')

    const itemId = await saveItem(item, office.officer)
    await saveItem({ ...item, formula: '900', id: itemId, version: 1 }, office.head)
    await tryItem({ id: itemId, version: 2 }, office.officer)
    await assert.rejects(
      () => approveItem({ id: itemId, version: 3 }, office.head),
      'pay.errors.same_person'
    )
    assert.equal((await itemById(itemId)).state, 'draft')
  })

  test('in effect once from a day: a second is refused, the first is neither tried nor changed', async ({
    assert,
  }) => {
    const { office, unitId } = await givenPayroll(2)
    const { item } = await givenInputs()
    const ids = [await saveItem(item, office.officer), await saveItem(item, office.officer)]
    for (const id of ids) await tryItem({ id, version: 1 }, office.officer)
    await approveItem({ id: ids[0], version: 2 }, office.head)
    await assert.rejects(
      () => approveItem({ id: ids[1], version: 2 }, office.head),
      'pay.errors.effective_there'
    )
    // one of every class stands among the items of each, and is tried on the people of each
    await givenContract(unitId)
    const all = { ...item, code: 'all', name: '通用加项', employmentType: '' as const }
    await assert.rejects(
      () => saveItem({ ...all, formula: '薪级工资 * 0.1' }, office.officer),
      'shared.formulas.errors.unknown_name'
    )
    const allId = await saveItem(all, office.officer)
    assert.deepInclude(await tryItem({ id: allId, version: 1 }, office.officer), {
      people: 3,
      missing: 0,
      totalFen: 3 * 100_00,
    })
    for (const act of [
      () => tryItem({ id: ids[0], version: 3 }, office.officer),
      () => saveItem({ ...item, id: ids[0], version: 3 }, office.officer),
    ]) {
      await assert.rejects(act, 'pay.errors.item_in_effect')
    }
    assert.deepEqual(await Promise.all(ids.map(async (id) => (await itemById(id)).state)), [
      'effective',
      'draft',
    ])
  })
})
