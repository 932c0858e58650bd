import { test } from '@japa/runner'
import { peakAbove, type Stay } from '#people/domain/peak'

test.group('Most people on a post at once', () => {
  const stay = (from: string, to: string | null = null): Stay => ({ from, to })
  const held = [stay('2020-01-01'), stay('2020-01-01', '2022-06-01')]
  const cases: [title: string, later: Stay[], above: number][] = [
    ['nobody begins', [], 0],
    ['one begins beside them', [stay('2022-04-01')], 1],
    ['one follows on the day another leaves', [stay('2022-06-01')], 0],
    ['one begins a day too early', [stay('2022-05-31')], 1],
    ['one ends before the next begins', [stay('2022-04-01', '2022-05-01'), stay('2022-05-01')], 1],
    ['one takes the place on the date itself', [stay('2022-03-01')], 1],
  ]
  for (const [title, later, above] of cases) {
    test(title, ({ assert }) => {
      assert.equal(peakAbove([...held, ...later], held, '2022-03-01'), above)
    })
  }
})
