import { test } from '@japa/runner'
import fc from 'fast-check'
import { isFrozen, judge, type Act, type StandingFreeze } from '#discipline/domain/judge'
import { ruleOf, RULES } from '#discipline/domain/rules'

const PERIOD = { from: '2022-02-01', to: '2022-05-01' }
const FREEZE: StandingFreeze = {
  id: 1,
  rules: Object.fromEntries(RULES.map((rule) => [rule, PERIOD])),
  unitIds: [1, 2],
  programmeDocumentIds: [77],
}
const act = (input: Partial<Act> = {}): Act => ({
  act: 'people.hire',
  unitIds: [1],
  date: '2022-03-01',
  today: '2022-03-01',
  reformDocumentId: null,
  personId: null,
  amountFen: null,
  allowed: null,
  ...input,
})
const exemption = (input: object = {}) => ({
  id: 9,
  rule: 'personnel' as const,
  unitId: 1,
  personId: null,
  untilOn: '2022-03-31',
  leftFen: null,
  ...input,
})

test.group('What discipline answers', () => {
  test('each act stands under its rule', ({ assert }) => {
    const expected = {
      'people.hire': 'personnel',
      'people.assignment': 'posts',
      'organization.post_import': 'posts',
      'organization.department': 'posts',
      'transfers.batch': 'personnel',
      'unit_change.merge': 'personnel',
      'selection.round': 'personnel',
      'recruitment.plan': 'personnel',
      'funds.payment': 'spending',
      'discipline.spending': 'spending',
      'discipline.dividend': 'dividends',
      'discipline.asset_disposal': 'assets',
      'discipline.divestiture': 'assets',
      'discipline.facility_use': 'facilities',
      'newsroom.publish': null,
    }
    for (const [name, rule] of Object.entries(expected)) assert.equal(ruleOf(name), rule, name)
  })

  test('outside its units, its dates, and where no rule speaks nothing is asked', ({ assert }) => {
    for (const input of [
      { unitIds: [3] },
      { unitIds: [] },
      { date: '2022-05-01', today: '2022-04-30' },
      { date: '2022-01-31', today: '2022-01-31' },
      { act: 'newsroom.publish' },
    ]) {
      assert.equal(judge(act(input), FREEZE).outcome, 'outside', JSON.stringify(input))
    }
    const without = { ...FREEZE, rules: { ...FREEZE.rules, personnel: undefined } }
    assert.equal(judge(act(), without).outcome, 'outside')
    const suspended = { from: '2022-03-01', to: '2022-03-01' }
    const still = { ...FREEZE, rules: { personnel: suspended } }
    assert.equal(judge(act(), still).outcome, 'outside')
  })

  test('a date that is put back or ahead opens no door', ({ assert }) => {
    const cases: [string, string, boolean][] = [
      ['2022-03-01', '2022-03-01', true],
      ['2022-01-15', '2022-03-01', true],
      ['2022-03-01', '2022-01-15', true],
      ['2022-03-01', '2022-06-01', true],
      ['2022-06-01', '2022-03-01', false],
      ['2022-01-15', '2022-01-20', false],
      ['2022-01-15', '2022-06-01', false],
      ['2022-02-01', '2022-02-01', true],
      ['2022-05-01', '2022-05-01', false],
    ]
    for (const [date, today, frozen] of cases) {
      assert.equal(isFrozen({ date, today }, PERIOD), frozen, `${date} done ${today}`)
    }
  })

  test('always allowed passes, reform batches only under a document of the programme', ({
    assert,
  }) => {
    assert.equal(judge(act({ allowed: 'retire' }), FREEZE).outcome, 'allowed')
    const batch = { act: 'transfers.batch', unitIds: [3, 2] }
    assert.equal(judge(act({ ...batch, reformDocumentId: 77 }), FREEZE).outcome, 'reform')
    assert.equal(judge(act({ ...batch, reformDocumentId: 78 }), FREEZE).outcome, 'refused')
    assert.equal(judge(act(batch), FREEZE).outcome, 'refused')
    // A hire is no batch, whatever document it names.
    assert.equal(judge(act({ reformDocumentId: 77 }), FREEZE).outcome, 'refused')
    assert.equal(judge(act(batch), FREEZE).unitId, 2)
  })

  test('an exemption fits its rule, unit, person, day and amount', ({ assert }) => {
    const answer = (input: object, asked: Partial<Act> = {}) =>
      judge(act(asked), FREEZE, [exemption(input)]).outcome
    assert.equal(answer({}), 'exempted')
    assert.equal(answer({ rule: 'posts' }), 'refused')
    assert.equal(answer({ unitId: 2 }), 'refused')
    assert.equal(answer({ untilOn: '2022-02-28' }), 'refused')
    assert.equal(answer({ untilOn: '2022-03-01' }), 'exempted')
    assert.equal(answer({ personId: 5 }), 'refused')
    assert.equal(answer({ personId: 5 }, { personId: 5 }), 'exempted')
    assert.equal(answer({}, { unitIds: [1, 2] }), 'refused')
    assert.equal(answer({}, { unitIds: [1, 3] }), 'exempted')
    const spending = { act: 'discipline.spending', amountFen: 100 }
    assert.equal(answer({ rule: 'spending', leftFen: 100 }, spending), 'exempted')
    assert.equal(answer({ rule: 'spending', leftFen: 99 }, spending), 'refused')
    const both = [exemption(), exemption({ id: 10, personId: 5 })]
    assert.equal(judge(act({ personId: 5 }), FREEZE, both).exemptionId, 10)
  })

  test('property: without a batch, an exemption or an allowed reason nothing frozen passes', ({
    assert,
  }) => {
    const day = fc
      .date({
        min: new Date('2021-12-01'),
        max: new Date('2022-07-01'),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, fc.subarray([1, 2, 3, 4]), (date, today, unitIds) => {
        const verdict = judge(act({ date, today, unitIds }), FREEZE)
        const concerned = unitIds.some((id) => FREEZE.unitIds.includes(id))
        const inside = date >= PERIOD.from && date < PERIOD.to
        if (concerned && inside) assert.equal(verdict.outcome, 'refused')
        if (!concerned || date >= PERIOD.to) assert.equal(verdict.outcome, 'outside')
      })
    )
  })
})
