import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { checkCertificate, checkFile } from '#shared/certificates/check'
import { describeDifference } from '#shared/certificates/difference'
import { hashOf, type Certificate } from '#shared/certificates/format'
import { certificateJson, sealCertificate } from '#shared/certificates/seal'
import { exampleBody } from './example.js'

const certificate = sealCertificate('conservation', exampleBody())
const json = certificateJson(certificate)
const at = (text: string) => checkCertificate(text).map(({ code, place }) => `${code} ${place}`)

/** What a forger does: changes the content and computes the hashes again. */
function forged(change: (copy: Certificate) => void): string {
  const copy = structuredClone(certificate)
  change(copy)
  const { hash: old, ...content } = copy
  return certificateJson({ ...content, hash: hashOf(content) ?? old })
}

test.group('Certificates', () => {
  test('a sealed certificate states its sums and checks', ({ assert }) => {
    assert.deepEqual(checkCertificate(json), [])
    assert.deepEqual(certificate.sums, [
      {
        fundingType: 'full',
        employmentType: 'establishment',
        before: { people: 85, quota: 112, vacant: 27 },
        after: { people: 85, quota: 112, vacant: 27 },
      },
      {
        fundingType: 'partial',
        employmentType: 'establishment',
        before: { people: 65, quota: 75, vacant: 10 },
        after: { people: 65, quota: 75, vacant: 10 },
      },
      {
        fundingType: null,
        employmentType: 'contract',
        before: { people: 60, quota: 0, vacant: 0 },
        after: { people: 60, quota: 0, vacant: 0 },
      },
    ])
    assert.deepEqual(certificate.deltas[4], { people: 85, quota: 100, vacant: 15 })
    assert.match(certificate.hash, /^[0-9a-f]{64}$/)
  })

  test('the hash is that of the canonical JSON of all the rest', ({ assert }) => {
    const { hash, ...content } = JSON.parse(json)
    assert.equal(hashOf(content), hash)
    assert.equal(certificate.format, 'ronghe-certificate/1')
  })

  test('white space, order of keys and a byte order mark change nothing', ({ assert }) => {
    const turned = JSON.parse(json, (_, value) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value
    )
    assert.deepEqual(checkCertificate(`\uFEFF${JSON.stringify(turned, null, 2)}\n`), [])
  })

  test('any single changed digit is found', ({ assert }) => {
    const digits = [...json.matchAll(/\d/g)].map(({ index }) => index)
    fc.assert(
      fc.property(fc.constantFrom(...digits), fc.integer({ min: 1, max: 9 }), (index, by) => {
        const digit = (Number(json[index]) + by) % 10
        const changed = `${json.slice(0, index)}${digit}${json.slice(index + 1)}`
        const found = checkCertificate(changed)
        assert.isAbove(found.length, 0, `digit ${index} to ${digit}`)
        assert.isTrue(found.every((one) => describeDifference(one).length > 5))
      }),
      { numRuns: 600 }
    )
  })

  test('a changed number of people is named with every sum that it breaks', ({ assert }) => {
    assert.deepEqual(at(json.replace('"people":77', '"people":78')), [
      'part_hash body.rows[0]',
      'delta deltas[0].people',
      'sum sums[0].before.people',
      'not_conserved sums[0].people',
      'vacancy body.rows[0].before.vacant',
      'hash hash',
    ])
  })

  test('a changed document number is named at its part', ({ assert }) => {
    assert.deepEqual(at(json.replace('编发〔2022〕3号', '编发〔2022〕4号')), [
      'part_hash body.batch',
      'hash hash',
    ])
  })

  test('a forger who computes the hash again is still caught by the sums', ({ assert }) => {
    const text = forged((copy) => {
      copy.body.rows[3].after.people = 1
      copy.body.rows[3].after.vacant = -1
      copy.parts.rows[3] = hashOf(copy.body.rows[3])
    })
    assert.deepEqual(at(text), [
      'delta deltas[3].people',
      'delta deltas[3].vacant',
      'sum sums[1].after.people',
      'sum sums[1].after.vacant',
      'not_conserved sums[1].people',
      'not_conserved sums[1].vacant',
    ])
  })

  test('rows left out or put in twice are found', ({ assert }) => {
    assert.include(at(forged((copy) => copy.body.rows.pop())), 'sum sums[2].after.people')
    const twice = forged((copy) => copy.body.rows.push(structuredClone(copy.body.rows[0])))
    assert.include(at(twice), 'repeated_row body.rows[8]')
  })

  test('a field too many, too few or of another kind is named', ({ assert }) => {
    const odd = JSON.parse(json)
    odd.note = 'x'
    delete odd.body.batch.title
    odd.body.rows[1].before.people = 2.5
    odd.body.rows[2].fundingType = 'other'
    odd.kind = 'constructor'
    assert.includeMembers(at(JSON.stringify(odd)), [
      'wrong_kind kind',
      'unknown_field note',
      'missing body.batch.title',
      'wrong_kind body.rows[1].before.people',
      'wrong_kind body.rows[2].fundingType',
    ])
  })

  test('a name that stands twice is found although a reader would only see one', ({ assert }) => {
    const twice = json.replace('"quota":90', '"quota":91,"quota":90')
    assert.deepEqual(at(twice), ['duplicate_key quota'])
    const escaped = json.replace('"quota":90', '"\\u0071uota":91,"quota":90')
    assert.deepEqual(at(escaped), ['duplicate_key quota'])
  })

  test('hostile texts are answered, never thrown: {label}')
    .with([
      { label: 'empty', text: '' },
      { label: 'null', text: 'null' },
      { label: 'number', text: '5' },
      { label: 'list', text: '[]' },
      { label: 'deep', text: '['.repeat(100_000) + ']'.repeat(100_000) },
      { label: 'cut off', text: '{"body":' },
      { label: 'huge text', text: `{"a":"${'x\\n'.repeat(1_000_000)}"}` },
      { label: 'prototype', text: '{"__proto__":{"hash":1},"constructor":{}}' },
      { label: 'huge number', text: '{"hash":1e999}' },
    ])
    .run(({ assert }, { text }) => {
      const found = checkCertificate(text)
      assert.isAbove(found.length, 0)
      assert.isTrue(found.every((one) => describeDifference(one, 'en').length < 5000))
    })

  test('what is not conserved is never sealed', ({ assert }) => {
    const body = exampleBody()
    body.rows[5].after = { people: 64, quota: 75, vacant: 11 }
    assert.throws(
      () => sealCertificate('conservation', body),
      'sums[1].people: before and after differ, before 65, after 64; ' +
        'sums[1].vacant: before and after differ, before 10, after 11'
    )
  })

  test('quota may not turn from one funding type into another', ({ assert }) => {
    const body = exampleBody()
    body.rows[4].after = { people: 85, quota: 111, vacant: 26 }
    body.rows[5].after = { people: 65, quota: 76, vacant: 11 }
    assert.throws(() => sealCertificate('conservation', body), /sums\[0\]\.quota/)
  })

  test('differences are told in both languages and begin with the place', ({ assert }) => {
    const [difference] = checkCertificate(json.replace('"people":77', '"people":78')).slice(1)
    assert.equal(describeDifference(difference), 'deltas[0].people：增减数应为 -78，证书所载为 -77')
    assert.equal(
      describeDifference(difference, 'en'),
      'deltas[0].people: the change is -78, stated -77'
    )
  })

  test('files: whole, not UTF-8, too big, not there', async ({ assert, cleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'certificate-'))
    cleanup(() => rm(folder, { recursive: true }))
    const path = join(folder, 'a.json')
    const codes = async () => {
      const found = await checkFile(path)
      return found.map(({ code }) => code)
    }

    assert.deepEqual(await codes(), ['unreadable'])
    await writeFile(path, json)
    assert.deepEqual(await codes(), [])
    await writeFile(path, Buffer.from([0x7b, 0xff, 0x7d]))
    assert.deepEqual(await codes(), ['unreadable'])
    await truncate(path, 21 * 1024 * 1024)
    assert.deepEqual(await codes(), ['unreadable'])
  })
})
