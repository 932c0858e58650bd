import { test } from '@japa/runner'
import { formOf, parseValue, type ValueForm } from '#decisions/domain/value_forms'

const FREEZE = { from: '2022-02-20', to: '2022-09-01', unit_ids: ['7', '3', '7'] }

test.group('Values of decisions', () => {
  test('each missing decision has its form, a held row its own, others are words')
    .with([
      ['commercial_establishment_staff', false, 'arrangement'],
      ['opinion_centre_establishment_staff', false, 'unit'],
      ['contract_staff_pay', false, 'text'],
      ['discipline_freeze', false, 'freeze'],
      ['import_row:1:2', true, 'held'],
      ['something_new', false, 'text'],
    ] as const)
    .run(({ assert }, [code, isHeld, form]) => {
      assert.equal(formOf(code, isHeld), form)
    })

  test('what is complete becomes a value')
    .with([
      ['arrangement', { arrange: 'to_company' }, { arrange: 'to_company', text: null }],
      ['arrangement', { arrange: 'other', text: ' 协商 ' }, { arrange: 'other', text: '协商' }],
      ['unit', { unit_id: '4' }, { unitId: 4 }],
      ['text', { text: '同岗同酬' }, { text: '同岗同酬' }],
      ['freeze', FREEZE, { from: '2022-02-20', to: '2022-09-01', unitIds: [3, 7] }],
      ['freeze', { ...FREEZE, unit_ids: '3' }, { from: FREEZE.from, to: FREEZE.to, unitIds: [3] }],
      ['held', { choice: 'reject' }, { choice: 'reject' }],
      ['held', { choice: 'keep' }, { choice: 'keep', unitId: null }],
    ] as Array<[ValueForm, Record<string, unknown>, object]>)
    .run(({ assert }, [form, input, value]) => {
      assert.containSubset(parseValue(form, input), { ok: true, value })
    })

  test('a held row is kept only in one of its own units', ({ assert }) => {
    assert.deepEqual(parseValue('held', { choice: 'keep:5' }, [4, 5]), {
      ok: true,
      value: { choice: 'keep', unitId: 5 },
      unitIds: [5],
    })
    for (const choice of ['keep:6', 'keep', 'keep:x', 'maybe', undefined]) {
      assert.isFalse(parseValue('held', { choice }, [4, 5]).ok, String(choice))
    }
  })

  test('what is missing is named by its field')
    .with([
      ['arrangement', {}, 'arrange'],
      ['arrangement', { arrange: 'other' }, 'text'],
      ['unit', { unit_id: '' }, 'unit_id'],
      ['unit', { unit_id: '-1' }, 'unit_id'],
      ['text', { text: '  ' }, 'text'],
      ['freeze', { ...FREEZE, from: '2022-02-30' }, 'from'],
      ['freeze', { ...FREEZE, to: null }, 'to'],
      ['freeze', { ...FREEZE, to: '2022-02-20' }, 'to'],
      ['freeze', { ...FREEZE, unit_ids: [] }, 'unit_ids'],
      ['held', {}, 'choice'],
    ] as Array<[ValueForm, Record<string, unknown>, string]>)
    .run(({ assert }, [form, input, field]) => {
      const parsed = parseValue(form, input)
      assert.deepEqual(parsed.ok ? [] : parsed.fields.map((one) => one.field), [field])
    })
})
