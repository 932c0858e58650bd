import { test } from '@japa/runner'
import { JsonBytes } from '#selection/domain/matching/json_bytes'
import { Names } from '#selection/domain/matching/names'

const json = new JsonBytes(Buffer.alloc(0))
const add = (names: Names, text: string) => names.add(json.load(text))

/** As many as asked, of every length from 1. */
const texts = (count: number) =>
  Array.from({ length: count }, (_, at) => `${at}${'甲'.repeat(at % 7)}`)

test.group('Matching, names by number', () => {
  test('each name once, however many there are', ({ assert }) => {
    const names = new Names()
    const all = texts(3_000)
    for (const [at, text] of all.entries()) {
      assert.equal(names.numberOf(text), -1)
      assert.equal(add(names, text), at)
      assert.equal(add(names, text), at)
    }
    assert.equal(names.count, all.length)
    assert.deepEqual(
      all.map((_, at) => names.text(at)),
      all
    )
    assert.deepEqual(
      all.map((text) => names.numberOf(text)),
      all.map((_, at) => at)
    )
    assert.equal(names.numberOf('nobody'), -1)
  })

  test('names of one hash and length are two', ({ assert }) => {
    const [one, other] = ['paaapaaa', 'paa7puak']
    assert.equal(json.load(one).hash, json.load(other).hash)
    const names = new Names()
    assert.equal(add(names, one), 0)
    assert.equal(names.numberOf(other), -1)
    assert.equal(add(names, other), 1)
    assert.equal(names.numberOf(one), 0)
  })

  test('half of a surrogate pair is nobody', ({ assert }) => {
    const names = new Names()
    add(names, '\ufffd')
    assert.equal(names.numberOf('\ud800'), -1)
  })

  test('taken from others, forgotten, and taken again where there was more or less room', ({
    assert,
  }) => {
    const all = texts(200)
    const [people, some] = [new Names(), new Names()]
    for (const text of all) add(people, text)
    for (const room of [5, 200, 8, 64, 0, 40]) {
      some.clear(room)
      assert.equal(some.count, 0)
      assert.deepEqual(
        all.map((text) => some.numberOf(text)),
        all.map(() => -1)
      )
      // Every third one, and three times as many as there was said to be room for.
      const taken = all.filter((_, at) => at % 3 === room % 3).slice(0, 3 * room + 1)
      for (const [at, text] of taken.entries()) {
        assert.equal(some.take(people, people.starts[people.numberOf(text)]), at)
      }
      assert.deepEqual(
        all.map((text) => some.numberOf(text)),
        all.map((text) => taken.indexOf(text))
      )
      assert.deepEqual(
        taken.map((_, at) => some.text(at)),
        taken
      )
    }
  })
})
