import { test } from '@japa/runner'
import fc from 'fast-check'
import { returnableOf, roomOf, type LineFigures } from '#funds/domain/movements'
import { currentStep, mayCommit, PROJECT_STEPS, type StepState } from '#funds/domain/projects'

/** Figures that a line can have: paid ≤ committed ≤ released ≤ budget. */
const figures = fc
  .array(fc.nat(1_000_000), { minLength: 4, maxLength: 4 })
  .map((list) => list.sort((a, b) => a - b))
  .map(([paid, committed, released, budget]): LineFigures => ({
    paid,
    committed,
    released,
    budget,
  }))

const FIGURE = { release: 'released', commitment: 'committed', payment: 'paid' } as const

test.group('Special funds', () => {
  test('what there is room for keeps the order of the figures, one fen more breaks it', ({
    assert,
  }) => {
    const holds = ({ paid, committed, released, budget }: LineFigures) =>
      0 <= paid && paid <= committed && committed <= released && released <= budget
    fc.assert(
      fc.property(figures, (line) => {
        for (const [kind, name] of Object.entries(FIGURE)) {
          const room = roomOf(line)[kind as keyof typeof FIGURE]!
          const back = returnableOf(line)[kind as keyof typeof FIGURE]
          assert.isTrue(holds({ ...line, [name]: line[name] + room }))
          assert.isFalse(holds({ ...line, [name]: line[name] + room + 1 }))
          assert.isTrue(holds({ ...line, [name]: line[name] - back }))
          assert.isFalse(holds({ ...line, [name]: line[name] - back - 1 }))
        }
      })
    )
  })

  test('the first step that is not approved is at work; contracts wait for the design', ({
    assert,
  }) => {
    const steps = (approved: number) =>
      PROJECT_STEPS.map((step, index) => ({
        step,
        state: (index < approved ? 'approved' : 'todo') as StepState,
      }))
    assert.equal(currentStep(steps(0))?.step, 'proposal')
    assert.equal(currentStep(steps(4))?.step, 'acceptance')
    assert.isNull(currentStep(steps(5)))
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((approved) => mayCommit(steps(approved))),
      [false, false, false, true, true, true]
    )
  })
})
