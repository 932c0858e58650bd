import { test } from '@japa/runner'
import { approveItem, saveItem, tryItem, type ItemInput } from '#pay/actions/items'
import { approveScale, saveScale, tryScale } from '#pay/actions/tax_scales'
import { itemById } from '#pay/queries/items'
import { scaleById } from '#pay/queries/tax_scales'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument } from '#tests/support/givens'
import { FLAT_TAX, givenPayroll, TODAY } from './givens.js'

test.group('Drafts of pay items and tax tables', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  async function givenInputs() {
    const documentId = await givenDocument()
    const item: ItemInput = {
      ...{ code: 'extra', name: '加项', runKind: 'monthly', employmentType: 'establishment' },
      ...{ side: 'earning', tax: 'taxable', drawsOn: null, formula: '100', orderNo: 90 },
      ...{ validFrom: '2022-08-01', documentId },
    }
    return { item, scale: { validFrom: '2022-08-01', steps: FLAT_TAX, documentId } }
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
    const { office } = await givenPayroll(2)
    const { item } = await givenInputs()
    const ids = [await saveItem(item, office.officer), await saveItem(item, office.officer)]
    for (const id of ids) await tryItem({ id, version: 1 }, office.officer)
    await approveItem({ id: ids[0], version: 2 }, office.head)
    await assert.rejects(
      () => approveItem({ id: ids[1], version: 2 }, office.head),
      'pay.errors.effective_there'
    )
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
