import { test } from '@japa/runner'
import fc from 'fast-check'
import { newSeats } from '#organization/imports/new_seats'
import {
  parseChangeWord,
  parsePart,
  parseSupervisor,
  splitNames,
} from '#organization/imports/unit_texts'

test.group('Words of the plan', () => {
  test('kinds of change', ({ assert }) => {
    const words = ['新组建', '撤并', '改组', '剥离', '', '保留', '转正']
    const kinds = ['form', 'merge', 'restructure', 'spin_off', 'none', 'none', null]
    assert.deepEqual(words.map(parseChangeWord), kinds)
  })

  test('lists of names', ({ assert }) => {
    assert.deepEqual(splitNames('广播电视台;报社；舆情中心、 报社'), [
      '广播电视台',
      '报社',
      '舆情中心',
    ])
    assert.deepEqual(splitNames(''), [])
  })

  test('a body and what the unit is to it', ({ assert }) => {
    assert.deepEqual(parseSupervisor('市文旅公司(全资子公司)'), { name: '市文旅公司', owned: true })
    assert.deepEqual(parseSupervisor('市委宣传部'), { name: '市委宣传部', owned: false })
    assert.isNull(parseSupervisor(' '))
  })

  test('a unit as a whole, or only its business', ({ assert }) => {
    assert.deepEqual(parsePart('报社经营性业务'), { name: '报社', business: '经营性业务' })
    assert.deepEqual(parsePart('广播电视台'), { name: '广播电视台', business: null })
  })
})

test.group('Seats beyond what is inherited', () => {
  test('by category where the approval only adds', ({ assert }) => {
    const approved = { management: 17, professional: 84, support: 11 }
    const inherited = { management: 17, professional: 72, support: 11 }
    assert.deepEqual(newSeats(approved, inherited), { management: 0, professional: 12, support: 0 })
  })

  test('never negative, and never more than the approval adds in all', ({ assert }) => {
    const seats = fc.record({
      management: fc.nat(200),
      professional: fc.nat(200),
      support: fc.nat(200),
    })
    const sum = (all: Record<string, number>) => Object.values(all).reduce((a, b) => a + b, 0)
    fc.assert(
      fc.property(seats, seats, (approved, inherited) => {
        const fresh = newSeats(approved, inherited)
        assert.isTrue(Object.values(fresh).every((count) => count >= 0))
        assert.equal(sum(fresh), Math.max(0, sum(approved) - sum(inherited)))
      })
    )
  })
})
