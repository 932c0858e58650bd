import { test } from '@japa/runner'
import { JsonBytes } from '#selection/domain/matching/json_bytes'

const bytesOf = (text: string) => new JsonBytes(Buffer.from(text))

test.group('Matching, JSON in its bytes', () => {
  test('a string is read up to the last byte there is, whatever its length', ({ assert }) => {
    for (let length = 0; length < 400; length++) {
      const text = '0123456789'.repeat(40).slice(0, length)
      const json = bytesOf(JSON.stringify(text))
      json.string()
      assert.equal(json.text(), text)
      assert.equal(json.length, length)
      assert.equal(json.at, length + 2)
      assert.equal(json.hash, bytesOf('').load(text).hash)
      json.end()
    }
  })

  test('escaped or not, it is the same string', ({ assert }) => {
    for (const text of ['a"b', 'a\\', '甲乙丙', '😀', 'a\u0000', 'abcd\n', '']) {
      const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
      const escaped = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
      const [one, other] = [bytesOf(`${JSON.stringify(text)},7`), bytesOf(`"${escaped}",7`)]
      one.string()
      other.string()
      assert.deepEqual([one.text(), one.hash, one.length], [text, other.hash, other.length])
      assert.equal(other.text(), text)
      assert.equal(one.peek(), ','.charCodeAt(0))
      assert.equal(other.peek(), ','.charCodeAt(0))
    }
  })

  test('a string that does not end is none', ({ assert }) => {
    for (const text of ['"', '"abc', '"abcd', '"abcdefg', '"abc\\"', '"a\nb"']) {
      assert.throws(() => bytesOf(text).string(), SyntaxError)
    }
  })

  test('what is no JSON is refused with its place', ({ assert }) => {
    assert.throws(() => bytesOf('  7').string(), 'byte 2: is not JSON')
    assert.throws(() => bytesOf('[7;7]').list(() => {}), SyntaxError)
  })

  test('white space may stand wherever it may in JSON', ({ assert }) => {
    const json = bytesOf(' \t\r\n{ "a" : [ 1 , "]" , { } , [ ] ] , "b" : { } } \n')
    const seen: unknown[] = []
    json.object(() => {
      seen.push(json.text())
      if (json.isList()) json.list((at) => seen.push(at, json.value()))
      else json.pass()
    })
    json.end()
    assert.deepEqual(seen, ['a', 0, 1, 1, ']', 2, {}, 3, [], 'b'])
  })
})
