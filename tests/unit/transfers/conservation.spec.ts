import fc from 'fast-check'
import { test } from '@japa/runner'
import { checkCertificate } from '#shared/certificates/check'
import { certificateJson, sealCertificate } from '#shared/certificates/seal'
import {
  accountKey,
  applyEntries,
  quotaFigures,
  type QuotaBalances,
} from '#organization/domain/quota_accounts'
import { conservationRows, projectFigures, type Figure } from '#transfers/domain/conservation'
import type { TransferLine } from '#transfers/domain/lines'
import {
  executionMovements,
  sourceReservation,
  targetReservation,
  type LedgerEntry,
} from '#transfers/domain/movements'
import { lineOf, seatsOf } from './samples.js'

const UNITS = [1, 2, 3].map((id) => ({ id, code: `U${id}`, name: `单位${id}` }))
const batch = {
  number: '划转〔2022〕1号',
  title: '划转',
  documentNo: '编发〔2022〕3号',
  effectiveDate: '2022-03-01',
}
const auditHead = { seq: 5, hash: 'a'.repeat(64) }
const FUNDING = ['full', 'partial'] as const
const CATEGORIES = ['management', 'professional', 'support'] as const

/** Lines between three units with the seats that they need. */
const cases = fc
  .array(
    fc.record({
      kind: fc.constantFrom('person_with_quota', 'quota_only', 'person_without_quota'),
      from: fc.constantFrom(1, 2),
      funding: fc.constantFrom(...FUNDING),
      category: fc.constantFrom(...CATEGORIES),
      seat: fc.constantFrom(...CATEGORIES),
      quantity: fc.integer({ min: 1, max: 5 }),
      contract: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 }
  )
  .map((list) =>
    list.map((one, index) => {
      const shared = {
        fromUnitId: one.from,
        toUnitId: 3,
        fundingType: one.funding,
        category: one.category,
      }
      if (one.kind === 'quota_only') {
        return { ...seatsOf(one.quantity, shared), seatCategory: null }
      }
      const contract = one.kind === 'person_without_quota' && one.contract
      const employmentType = contract ? ('contract' as const) : ('establishment' as const)
      return {
        ...lineOf({
          ...shared,
          kind: one.kind as TransferLine['kind'],
          assignmentId: index,
          employmentType,
          toEmploymentType: employmentType,
          fundingType: contract ? null : one.funding,
          category: contract ? null : one.category,
        }),
        seatCategory: contract ? null : one.seat,
      }
    })
  )
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never

test.group('Conservation', () => {
  test('rows stand unit by unit, vacancies are seats less people', ({ assert }) => {
    const before: Figure[] = [
      { unitId: 1, fundingType: null, employmentType: 'contract', people: 4, quota: 0 },
      { unitId: 1, fundingType: 'full', employmentType: 'establishment', people: 3, quota: 5 },
    ]
    const after = projectFigures(before, [lineOf(), seatsOf(2)])
    assert.deepEqual(conservationRows(UNITS, before, after), [
      {
        unit: { code: 'U1', name: '单位1' },
        fundingType: 'full',
        employmentType: 'establishment',
        before: { people: 3, quota: 5, vacant: 2 },
        after: { people: 2, quota: 2, vacant: 0 },
      },
      {
        unit: { code: 'U1', name: '单位1' },
        fundingType: null,
        employmentType: 'contract',
        before: { people: 4, quota: 0, vacant: 0 },
        after: { people: 4, quota: 0, vacant: 0 },
      },
      {
        unit: { code: 'U2', name: '单位2' },
        fundingType: 'full',
        employmentType: 'establishment',
        before: { people: 0, quota: 0, vacant: 0 },
        after: { people: 1, quota: 3, vacant: 2 },
      },
    ])
  })

  test('whatever the lines: nobody and no seat is lost, the ledger agrees and the certificate checks', ({
    assert,
  }) => {
    fc.assert(
      fc.property(cases, (lines) => {
        const ledgerBefore = seatsFor(lines)
        const ledgerAfter = executed(ledgerBefore, lines)
        const before = figuresOf(ledgerBefore, lines, 'fromUnitId')
        const after = figuresOf(ledgerAfter, lines, 'toUnitId')
        const rows = conservationRows(UNITS, before, after)
        const certificate = sealCertificate('conservation', { batch, rows, auditHead })
        assert.deepEqual(checkCertificate(certificateJson(certificate)), [])
        assert.deepEqual(conservationRows(UNITS, before, projectFigures(before, lines)), rows)
      }),
      { numRuns: 300 }
    )
  })

  test('a reservation that is given back leaves the balances as they were', ({ assert }) => {
    fc.assert(
      fc.property(cases, (lines) => {
        const before = seatsFor(lines)
        const entries = reservations(before, lines)
        const back = entries.map((entry) => ({ ...entry, amount: -entry.amount }))
        const after = book(book(before, entries), back)
        assert.deepEqual(withoutZeros(after), withoutZeros(before))
      }),
      { numRuns: 100 }
    )
  })

  test('people without a vacancy at the target are told how many there are', ({ assert }) => {
    const line = lineOf({ kind: 'person_without_quota' })
    const balances = new Map([['2/full/support/vacant', 1]])
    const first = targetReservation([line], balances)
    assert.isTrue(first.ok)
    if (first.ok) {
      assert.deepEqual(
        first.movements.map(({ kind }) => kind),
        ['reclassification', 'reserve']
      )
      assert.deepEqual(first.warnings, [
        { code: 'category_exceeded', from: 'support', to: 'professional', seats: 1 },
      ])
    }
    assert.deepInclude(targetReservation([line, line], balances), { ok: false, room: 0 })
  })
})

/** Balances in which every line finds its seat. */
function seatsFor(lines: Case): QuotaBalances {
  const balances = new Map<string, number>()
  const add = (unitId: number, line: Case[number], category: string, kind: string) => {
    const key = `${unitId}/${line.fundingType}/${category}/${kind}`
    balances.set(key, (balances.get(key) ?? 0) + line.quantity)
  }
  for (const line of lines) {
    if (line.fundingType === null) continue
    if (line.kind === 'quota_only') add(line.fromUnitId, line, line.category!, 'vacant')
    else add(line.fromUnitId, line, line.seatCategory!, 'filled')
    if (line.kind === 'person_without_quota') add(line.toUnitId, line, 'management', 'vacant')
  }
  return balances
}

function reservations(balances: QuotaBalances, lines: Case): LedgerEntry[] {
  const target = targetReservation(lines, balances)
  if (!target.ok) throw new Error('the case lacks a vacancy')
  return [...sourceReservation(lines), ...target.movements.flatMap(({ entries }) => entries)]
}

function executed(balances: QuotaBalances, lines: Case): QuotaBalances {
  const reserved = book(balances, reservations(balances, lines))
  return executionMovements(lines).reduce((now, { entries }) => book(now, entries), reserved)
}

function book(balances: QuotaBalances, entries: readonly LedgerEntry[]): QuotaBalances {
  const result = applyEntries(
    balances,
    entries.map(({ unitId, fundingType, category, account, amount }) => ({
      account: { unitId, funding: fundingType, category, kind: account },
      delta: amount,
    }))
  )
  if (!result.ok) throw new Error(`${accountKey(result.account)} fell below zero`)
  return result.balances
}

/** People counted from the lines, seats from the ledger. */
function figuresOf(balances: QuotaBalances, lines: Case, at: 'fromUnitId' | 'toUnitId'): Figure[] {
  const people = lines.filter(({ kind }) => kind !== 'quota_only')
  const establishment = UNITS.flatMap(({ id }) =>
    FUNDING.map((funding): Figure => ({
      unitId: id,
      fundingType: funding,
      employmentType: 'establishment',
      people: people.filter((line) => line[at] === id && line.fundingType === funding).length,
      quota: quotaFigures(balances, (cell) => cell.unitId === id && cell.funding === funding)
        .authorised,
    }))
  )
  const contract = UNITS.map(({ id }): Figure => ({
    unitId: id,
    fundingType: null,
    employmentType: 'contract',
    people: people.filter((line) => line[at] === id && line.fundingType === null).length,
    quota: 0,
  }))
  return [...establishment, ...contract]
}

function withoutZeros(balances: QuotaBalances) {
  return Object.fromEntries([...balances].filter(([, seats]) => seats !== 0).sort())
}
