import { test } from '@japa/runner'
import fc from 'fast-check'
import { ASSET_CATEGORIES, differencesOf, proposedSide } from '#discipline/domain/assets'
import { divisionRows, projectHoldings, type Holding } from '#discipline/domain/division'
import { checkCertificate } from '#shared/certificates/check'
import { CertificateError, certificateJson, sealDivestiture } from '#shared/certificates/seal'

const book = { place: '二楼', custodian: '王芳', purpose: 'office', condition: 'good' }
const batch = {
  number: 'BL2022-001',
  title: '经营性业务剥离',
  documentNo: '市融改〔2022〕6号',
  effectiveDate: '2022-03-31',
}
const auditHead = { seq: 3, hash: 'a'.repeat(64) }
const UNITS = [1, 2, 3].map((id) => ({ id, code: `U${id}`, name: `单位${id}` }))

test.group('Assets', () => {
  test('what differs from the book', ({ assert }) => {
    const differences = (result: 'todo' | 'found' | 'missing' | 'surplus', counted: object = {}) =>
      differencesOf({ result, book, counted: { ...book, ...counted } })
    assert.deepEqual(differences('found'), [])
    assert.deepEqual(differences('todo', { place: '三楼' }), [])
    assert.deepEqual(differences('found', { place: '三楼', condition: 'scrap' }), [
      'place',
      'condition',
    ])
    assert.deepEqual(differences('found', { custodian: null }), ['custodian'])
    assert.deepEqual(differences('missing'), ['missing'])
    assert.deepEqual(differences('surplus'), ['surplus'])
  })

  test('commercial and rented assets are proposed for the company', ({ assert }) => {
    assert.equal(proposedSide('commercial'), 'company')
    assert.equal(proposedSide('rented'), 'company')
    for (const purpose of ['editorial', 'broadcast', 'office', 'idle'] as const) {
      assert.equal(proposedSide(purpose), 'centre')
    }
  })

  test('property: a division conserves; its certificate is accepted and finds every change', ({
    assert,
  }) => {
    const asset = fc.record({
      fromUnitId: fc.constantFrom(1, 2),
      toUnitId: fc.constantFrom(2, 3),
      category: fc.constantFrom(...ASSET_CATEGORIES),
      originalFen: fc.integer({ min: 0, max: 10 ** 12 }),
      netFen: fc.integer({ min: 0, max: 10 ** 12 }),
    })
    fc.assert(
      fc.property(fc.array(asset, { minLength: 1, maxLength: 30 }), (lines) => {
        const before = holdings(lines)
        const rows = divisionRows(UNITS, before, projectHoldings(before, lines))
        const json = certificateJson(sealDivestiture({ batch, rows, auditHead }))
        assert.deepEqual(checkCertificate(json), [])
        const changed = JSON.parse(json)
        changed.body.rows[0].after.netFen += 1
        const codes = checkCertificate(JSON.stringify(changed)).map(({ code }) => code)
        assert.includeMembers(codes, ['part_hash', 'hash', 'not_conserved'])
      }),
      { numRuns: 100 }
    )
  })

  test('a body that loses something is never sealed', ({ assert }) => {
    const counts = { items: 2, originalFen: 500, netFen: 100 }
    const rows = [
      {
        unit: { code: 'U1', name: '单位1' },
        category: 'office',
        before: counts,
        after: { ...counts, items: 1 },
      },
    ]
    assert.throws(() => sealDivestiture({ batch, rows, auditHead }), CertificateError)
    const twice = [
      { ...rows[0], after: counts },
      { ...rows[0], after: counts },
    ]
    assert.throws(() => sealDivestiture({ batch, rows: twice, auditHead }), CertificateError)
  })
})

function holdings(
  lines: readonly {
    fromUnitId: number
    category: Holding['category']
    originalFen: number
    netFen: number
  }[]
): Holding[] {
  const found = new Map<string, Holding>()
  for (const { fromUnitId: unitId, category, originalFen, netFen } of lines) {
    const key = `${unitId}/${category}`
    const one = found.get(key) ?? { unitId, category, items: 0, originalFen: 0, netFen: 0 }
    one.items += 1
    one.originalFen += originalFen
    one.netFen += netFen
    found.set(key, one)
  }
  return [...found.values()]
}
