import { test } from '@japa/runner'
import { unseal } from '#shared/crypto'
import { sealMany } from '#shared/sealing/seal_many'

test.group('sealMany', () => {
  test('seals few here and many on a thread, each for its purpose alone', async ({ assert }) => {
    for (const count of [0, 3, 1_000]) {
      const texts = Array.from({ length: count }, (_, at) => (at % 3 === 1 ? null : `号码${at}`))
      const [identities, phones] = await Promise.all([
        sealMany(texts, 'identity'),
        sealMany(texts, 'phone'),
      ])
      const open = (sealed: (string | null)[], purpose: string) =>
        sealed.map((one) => (one === null ? null : unseal(one, purpose)))
      assert.deepEqual(open(identities, 'identity'), texts)
      assert.deepEqual(open(phones, 'phone'), texts)
      if (count > 0) assert.throws(() => open(identities, 'phone'))
    }
  })

  test('no two seals of the same text are alike, wherever they are made', async ({ assert }) => {
    const same = (count: number) => sealMany(new Array<string>(count).fill('519900'), 'identity')
    const sealed = (await Promise.all([same(3), same(500), same(500), same(3)])).flat()
    assert.lengthOf(new Set(sealed), 1_006)
    assert.lengthOf(new Set(sealed.map((one) => one!.slice(0, 16))), 1_006)
  })
})
