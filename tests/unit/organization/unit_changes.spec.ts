import { test } from '@japa/runner'
import { changeLinks, dissolves, type UnitChangeKind } from '#organization/domain/unit_changes'
import { unitPinyin } from '#organization/domain/unit_pinyin'

test.group('Changes of units', () => {
  test('predecessors and successors are linked each with each, doubles once', ({ assert }) => {
    assert.deepEqual(changeLinks('merge', [1, 2, 1], [9]), {
      ok: true,
      links: [
        { predecessorId: 1, successorId: 9 },
        { predecessorId: 2, successorId: 9 },
      ],
    })
    assert.deepEqual(changeLinks('form', [], [9]), {
      ok: true,
      links: [{ predecessorId: null, successorId: 9 }],
    })
    assert.deepEqual(changeLinks('dissolve', [1], []), {
      ok: true,
      links: [{ predecessorId: 1, successorId: null }],
    })
  })

  test('a side that the kind needs must be there, and no unit stands on both')
    .with([
      ['merge', [], [9], 'predecessors'],
      ['spin_off', [], [9], 'predecessors'],
      ['dissolve', [], [], 'predecessors'],
      ['merge', [1], [], 'successors'],
      ['form', [], [], 'successors'],
      ['restructure', [1], [], 'successors'],
      ['merge', [1, 9], [9], 'same'],
    ] as Array<[UnitChangeKind, number[], number[], string]>)
    .run(({ assert }, [kind, before, after, error]) => {
      assert.deepEqual(changeLinks(kind, before, after), { ok: false, error })
    })

  test('only a merger and a dissolution end units', ({ assert }) => {
    const kinds: UnitChangeKind[] = ['merge', 'form', 'restructure', 'spin_off', 'dissolve']
    assert.deepEqual(kinds.filter(dissolves), ['merge', 'dissolve'])
  })

  test('a unit is found by its pinyin and initials; letters stand for themselves', ({ assert }) => {
    assert.deepEqual(unitPinyin('融媒体中心'), { full: 'rongmeitizhongxin', initials: 'rmtzx' })
    assert.equal(unitPinyin('FM98 广播').full, 'fm98guangbo')
    assert.isAtMost(unitPinyin('单'.repeat(120)).full.length, 255)
  })
})
