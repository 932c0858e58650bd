import { Encryption } from '@adonisjs/core/encryption'
import { Secret } from '@adonisjs/core/helpers'
import encryption from '@adonisjs/core/services/encryption'
import { test } from '@japa/runner'
import fc from 'fast-check'
import env from '#start/env'
import { prepareSignatures } from '#shared/signatures'

const key = 'a key of the office, 32 letters!'
/** As it comes; signing needs no driver. */
const framework = (...keys: string[]) => new Encryption({ keys, driver: () => null as any })

function prepared(...keys: string[]) {
  const own = framework(...keys)
  prepareSignatures(
    own,
    keys.map((one) => new Secret(one))
  )
  return own.getMessageVerifier()
}

const stock = framework(key).getMessageVerifier()
const ours = prepared(key)
const payload = fc.oneof(fc.string({ minLength: 1 }), fc.record({ id: fc.string() }))

test.group('signatures with prepared keys', () => {
  test('are those of the framework, which reads them, and reads its', ({ assert }) => {
    fc.assert(
      fc.property(payload, fc.string(), (value, purpose) => {
        const signed = stock.sign(value, undefined, purpose)
        assert.equal(ours.sign(value, undefined, purpose), signed)
        assert.deepEqual(ours.unsign(signed, purpose), value)
        assert.deepEqual(stock.unsign(ours.sign(value, '1h', purpose), purpose), value)
      })
    )
  })

  test('are refused when changed, cut, of another purpose or key, or past their time', ({
    assert,
  }) => {
    const signed = ours.sign('session', undefined, 'cookie')
    const [text, mac] = signed.split('.')
    for (const bad of [
      `${signed}A`,
      `${text}.`,
      text,
      `.${mac}`,
      `${text}=.${mac}`,
      `${signed}.`,
    ]) {
      assert.isNull(ours.unsign(bad, 'cookie'), bad)
    }
    for (let at = 0; at < signed.length; at++) {
      const changed = signed.slice(0, at) + (signed[at] === 'x' ? 'y' : 'x') + signed.slice(at + 1)
      assert.isNull(ours.unsign(changed, 'cookie'), changed)
    }
    assert.isNull(ours.unsign(signed, 'address'))
    assert.isNull(prepared(`${key}2`).unsign(signed, 'cookie'))
    assert.isNull(ours.unsign(ours.sign('session', '-1s', 'cookie'), 'cookie'))
    assert.isNull(ours.unsign(null as any))
  })

  test('an earlier key reads on, the first one signs', ({ assert }) => {
    const both = prepared(`${key}2`, key)
    assert.equal(both.unsign(stock.sign('old')), 'old')
    assert.isNull(stock.unsign(both.sign('new')))
  })

  test('the application signs so with its key', ({ assert }) => {
    const own = framework(env.get('APP_KEY').release()).getMessageVerifier()
    const running = encryption.getMessageVerifier()
    assert.equal(running.sign('one'), own.sign('one'))
    assert.isTrue(Object.hasOwn(running, 'sign'))
  })
})
