import db from '@adonisjs/lucid/services/db'
import { column, headersOf, RowReading, withoutColumn } from '#organization/imports/reading'
import { maskAccount, parseIdentityCell } from '#people/domain/identity_no'
import { knownPeople } from '#people/imports/known_people'
import { digest, seal, unseal } from '#shared/crypto'
import { parseYuan } from '#shared/money'
import type { ImportChecker, ImportContext, RowVerdict, SourceRow } from '#shared/ports/imports'
import { wageBasesOn, type WageBaseRow } from '../queries/wage_bases.js'

export const WAGE_BASE_FIELDS = [
  column('name', '姓名', [], true),
  column('identityNo', '身份证号码', ['身份证号', '公民身份号码'], true),
  column('step', '薪级', ['薪级等级']),
  column('pensionBase', '养老医疗缴费基数(元)', ['养老医疗缴费基数', '社保缴费基数']),
  column('housingBase', '公积金基数(元)', ['公积金基数', '住房公积金基数']),
  column('account', '银行账号', ['工资卡号', '银行卡号']),
  column('leader', '领导岗位', ['是否领导']),
  column('allowance', '津贴补贴(元/月)', ['津贴补贴']),
  column('additional', '专项附加扣除(元/月)', ['专项附加扣除']),
]
const HEADERS = headersOf(WAGE_BASE_FIELDS)
const HIGHEST_STEP = 65
/** What a base says → its column. */
const COLUMNS = {
  step: 'step',
  pensionBaseFen: 'pensionBase',
  housingBaseFen: 'housingBase',
  allowanceFen: 'allowance',
  additionalFen: 'additional',
  leader: 'leader',
}

/** What a row gives, beside what stays as it was; the account is sealed before it is stored. */
export interface WageBaseParsed {
  /** The base that the row was held against; null when there was none. */
  basedOn: number | null
  personId: number
  personName: string
  step: number | null
  pensionBaseFen: number | null
  housingBaseFen: number | null
  allowanceFen: number | null
  additionalFen: number | null
  leader: boolean
  accountSealed: string | null
  accountMasked: string | null
}

/** Judges 工资基础 row by row: whose it is, what it says, what is there already. */
export class WageBaseChecker implements ImportChecker {
  /** Person → the first row with him. */
  private readonly seen = new Map<number, number>()

  constructor(private readonly context: ImportContext) {}

  async check(_sheet: string, rows: SourceRow[]): Promise<RowVerdict[]> {
    const people = await peopleOf(rows)
    const ids = [...people.values()].map(({ id }) => id)
    const bases = await wageBasesOn(ids, this.context.asOf)
    const settled = await settledRows(ids)
    return rows.map((row) => this.judge(row, people, bases, settled))
  }

  async finish() {
    return {}
  }

  private judge(
    row: SourceRow,
    people: People,
    bases: Map<number, WageBaseRow>,
    settled: Set<number>
  ): RowVerdict {
    const reading = new RowReading(row, HEADERS)
    const person = personOf(reading, people)
    const values = {
      step: stepOf(reading),
      pensionBaseFen: yuan(reading, 'pensionBase'),
      housingBaseFen: yuan(reading, 'housingBase'),
      allowanceFen: yuan(reading, 'allowance'),
      additionalFen: yuan(reading, 'additional'),
      leader: reading.yes('leader'),
    }
    const account = accountOf(reading)
    if (person && this.context.importedBy.includes(person.id)) {
      reading.say('rejected', 'own_row', 'name', { name: person.name })
    }
    if (!person || reading.rejected) return reading.verdict(null, 'none')
    const before = bases.get(person.id)
    const parsed: WageBaseParsed = {
      basedOn: before?.id ?? null,
      personId: person.id,
      personName: person.name,
      ...values,
      ...(before && withoutColumn(row, COLUMNS, before)),
      accountSealed: account ? seal(account, 'account') : (before?.accountSealed ?? null),
      accountMasked: account ? maskAccount(account) : (before?.accountMasked ?? null),
    }
    const subject = { subjectType: 'person', subjectId: person.id }
    const first = this.seen.get(person.id)
    if (first !== undefined) {
      if (settled.has(person.id)) {
        reading.say('skipped', 'decided_before', 'identityNo')
        return { ...reading.verdict(null, 'none'), ...subject }
      }
      reading.say('held', 'person_twice', 'identityNo', { row: first })
      return { ...reading.verdict(parsed, 'none'), ...subject }
    }
    this.seen.set(person.id, row.number)
    const effect = !before ? 'create' : same(before, parsed, account) ? 'same' : 'update'
    return { ...reading.verdict(parsed, effect), ...subject }
  }
}

type People = Map<string, { id: number; name: string }>

async function peopleOf(rows: SourceRow[]): Promise<People> {
  const digests = new Map<string, string>()
  for (const row of rows) {
    const identity = identityOf(row)
    if (identity?.ok) digests.set(identity.normalised, digest(identity.normalised, 'identity'))
  }
  const known = await knownPeople([...digests.values()])
  return new Map(
    [...digests].flatMap(([number, key]) => {
      const person = known.get(key)
      return person ? [[number, { id: person.id, name: person.columns.name as string }]] : []
    })
  )
}

/** People whose second row was decided on before. */
async function settledRows(personIds: number[]): Promise<Set<number>> {
  if (personIds.length === 0) return new Set()
  const rows = await db
    .from('decisions')
    .where({ kind: 'held', subject_type: 'wage_base', state: 'decided' })
    .whereIn('subject_id', personIds)
    .select('subject_id')
  return new Set(rows.map((row) => Number(row.subject_id)))
}

function identityOf({ cells }: SourceRow) {
  const cell = cells.identityNo
  if (!cell || cell.text === '') return null
  return parseIdentityCell(cell.kind === 'number' ? Number(cell.raw) : cell.text)
}

function personOf(reading: RowReading, people: People) {
  const identity = identityOf(reading.row)
  if (!identity?.ok) {
    reading.say('rejected', identity?.error ?? 'identity_missing', 'identityNo')
    return null
  }
  const person = people.get(identity.normalised)
  if (!person) {
    reading.say('rejected', 'unknown_person', 'identityNo')
    return null
  }
  if (reading.required('name') !== person.name) {
    reading.say('warning', 'other_name', 'name', { name: person.name })
  }
  return person
}

function stepOf(reading: RowReading): number | null {
  const step = reading.count('step')
  if (step === null || (step >= 1 && step <= HIGHEST_STEP)) return step
  reading.say('rejected', 'not_a_step', 'step')
  return null
}

function yuan(reading: RowReading, field: string): number | null {
  const text = reading.text(field)
  if (text === '') return null
  const fen = parseYuan(text)
  if (fen === null || fen < 0) reading.say('rejected', 'not_an_amount', field)
  return fen
}

/** Digits alone; a number of a spreadsheet keeps only fifteen of them and is refused. */
function accountOf(reading: RowReading): string | null {
  const cell = reading.row.cells.account
  const text = reading.text('account').replace(/[\s-]/g, '')
  if (text === '') return null
  const lost = cell?.kind === 'number' && text.length > 15
  if (!lost && /^\d{8,30}$/.test(text)) return text
  reading.say('rejected', lost ? 'account_precision_lost' : 'not_an_account', 'account')
  return null
}

/** An empty account keeps the one that is there, as on the form. */
function same(before: WageBaseRow, parsed: WageBaseParsed, account: string | null): boolean {
  const stored = before.accountSealed && unseal(before.accountSealed, 'account')
  return (
    (account === null || stored === account) &&
    before.step === parsed.step &&
    before.pensionBaseFen === parsed.pensionBaseFen &&
    before.housingBaseFen === parsed.housingBaseFen &&
    before.allowanceFen === parsed.allowanceFen &&
    before.additionalFen === parsed.additionalFen &&
    before.leader === parsed.leader
  )
}
