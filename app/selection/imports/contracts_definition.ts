import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { parseYuan } from '#shared/money'
import type {
  CheckSummary,
  ImportContext,
  ImportDefinition,
  SourceRow,
  StoredRow,
} from '#shared/ports/imports'
import { effectsOf, recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { column, headersOf, RowReading } from '#organization/imports/reading'
import { SheetBuffer } from '#organization/imports/sheet_buffer'
import { PeopleByNumber } from './people_by_number.js'

const FIELDS = [
  column('name', '姓名', [], true),
  column('identityNo', '身份证号码', ['身份证号', '公民身份号码'], true),
  column('form', '用工形式', ['用工方式'], true),
  column('employer', '用人单位', ['签订单位'], true),
  column('hiredOn', '入职日期', ['入职时间'], true),
  column('startsOn', '合同起', ['合同开始日期', '合同起始日'], true),
  column('endsOn', '合同止', ['合同结束日期', '合同终止日'], true),
  column('averagePay', '前12个月平均工资(元)', ['前12个月平均工资', '月平均工资']),
]
const HEADERS = headersOf(FIELDS)

const FORMS = { direct: ['劳动合同', '聘用合同'], agency: ['劳务派遣', '派遣'] }
const OPEN_ENDED = '无固定期限'
/** 劳务派遣暂行规定 art. 4: dispatched workers at most a tenth of the staff. */
const MOST_AGENCY_SHARE = 10

interface ContractParsed {
  id: number | null
  version: number | null
  personId: number
  form: 'direct' | 'agency'
  employer: string
  hiredOn: string
  startsOn: string
  endsOn: string | null
  averagePayFen: number | null
}

/** 合同台账 of the contract staff; agency workers are marked. */
export const contractsDefinition: ImportDefinition<StoredRow[]> = {
  key: 'contracts',
  titleKey: 'imports.definitions.contracts',
  capability: 'selection.prepare',
  order: 50,
  after: ['roster'],
  module: 'imports',
  sheets: [{ key: 'contracts', names: ['合同台账', '合同'], fields: FIELDS }],
  questions: async () => [],
  checker: async (context) => new SheetBuffer((sheets) => check(sheets, context)),
  prepare: (_context, rows) => rows.all(),
  write,
  undo,
}

async function check(
  sheets: Map<string, SourceRow[]>,
  { asOf }: ImportContext
): Promise<CheckSummary> {
  const rows = sheets.get('contracts') ?? []
  const people = await PeopleByNumber.load(rows, asOf)
  const known = await knownContracts()
  const seen = new Map<string, number>()
  let agency = 0
  const verdicts = rows.map((row) => {
    const reading = new RowReading(row, HEADERS)
    const parsed = read(reading, people)
    if (!parsed) return reading.verdict(null, 'none')
    const key = keyOf(parsed)
    reading.once(seen, key, 'identityNo')
    if (parsed.form === 'agency') {
      agency += 1
      reading.say('note', 'selection_agency', 'form')
    }
    const before = known.get(key)
    const same = before && sameContract(before, parsed)
    const whole = { ...parsed, id: before?.id ?? null, version: before?.version ?? null }
    return reading.verdict(whole, before ? (same ? 'same' : 'update') : 'create')
  })
  const above = agency * 100 > rows.length * MOST_AGENCY_SHARE
  return {
    verdicts: [{ sheet: 'contracts', verdicts }],
    findings: above
      ? [
          {
            level: 'warning',
            code: 'selection_agency_share',
            field: '',
            params: { count: agency, people: rows.length, most: MOST_AGENCY_SHARE },
          },
        ]
      : [],
  }
}

function read(reading: RowReading, people: PeopleByNumber): ContractParsed | null {
  const person = people.read(reading)
  const formText = reading.required('form')
  const form = (['direct', 'agency'] as const).find((code) => FORMS[code].includes(formText))
  if (formText && !form) reading.say('rejected', 'unknown_value', 'form')
  const employer = reading.required('employer').slice(0, 120)
  const hiredOn = reading.date('hiredOn')
  const startsOn = reading.date('startsOn')
  const endsOn = reading.text('endsOn') === OPEN_ENDED ? null : reading.date('endsOn')
  const payText = reading.text('averagePay')
  const averagePayFen = payText === '' ? null : parseYuan(payText)
  if (payText !== '' && (averagePayFen === null || averagePayFen <= 0)) {
    reading.say('rejected', 'selection_pay', 'averagePay')
  }
  if (hiredOn && startsOn && hiredOn > startsOn) {
    reading.say('rejected', 'selection_hired_later', 'hiredOn')
  }
  if (startsOn && endsOn && endsOn < startsOn) {
    reading.say('rejected', 'selection_ends_before', 'endsOn')
  }
  if (!person || !form || !hiredOn || !startsOn || reading.rejected) return null
  return {
    id: null,
    version: null,
    personId: person.personId,
    form,
    employer,
    hiredOn,
    startsOn,
    endsOn,
    averagePayFen,
  }
}

type Known = ContractParsed & { id: number; version: number }

async function knownContracts(): Promise<Map<string, Known>> {
  const rows = await db.from('contracts').whereNull('batch_id')
  return new Map(
    rows.map((row) => {
      const contract: Known = {
        id: Number(row.id),
        version: Number(row.version),
        personId: Number(row.person_id),
        form: row.form,
        employer: row.employer,
        hiredOn: row.hired_on,
        startsOn: row.starts_on,
        endsOn: row.ends_on,
        averagePayFen: row.average_pay_fen === null ? null : Number(row.average_pay_fen),
      }
      return [keyOf(contract), contract]
    })
  )
}

const keyOf = (row: ContractParsed) => `${row.personId}/${row.startsOn}/${row.employer}`

function sameContract(a: ContractParsed, b: ContractParsed): boolean {
  return (['form', 'hiredOn', 'endsOn', 'averagePayFen'] as const).every(
    (name) => a[name] === b[name]
  )
}

const columnsOf = (row: ContractParsed) => ({
  form: row.form,
  hired_on: row.hiredOn,
  ends_on: row.endsOn,
  average_pay_fen: row.averagePayFen,
})

async function write(trx: Trx, _actor: Actor, context: ImportContext, rows: StoredRow[]) {
  const effects: ImportEffectRow[] = []
  const work = rows.filter(({ parsed, effect }) => parsed && effect !== 'same')
  for (const { parsed } of work as { parsed: ContractParsed }[]) {
    if (parsed.id === null) {
      const subjectId = await insertRow(trx, 'contracts', {
        ...columnsOf(parsed),
        person_id: parsed.personId,
        employer: parsed.employer,
        starts_on: parsed.startsOn,
        version: 1,
        created_at: clock.now(),
      })
      effects.push({ subjectType: 'contract', subjectId, effect: 'created' })
      continue
    }
    const row = await trx.from('contracts').where('id', parsed.id).firstOrFail()
    const before = Object.fromEntries(
      [...Object.keys(columnsOf(parsed)), 'version'].map((name) => [name, row[name]])
    )
    await updateVersioned(trx, 'contracts', parsed.id, parsed.version!, columnsOf(parsed))
    effects.push({ subjectType: 'contract', subjectId: parsed.id, effect: 'updated', before })
  }
  await recordEffects(trx, context.importId, effects)
  const created = effects.filter(({ effect }) => effect === 'created').length
  const same = rows.filter(({ effect }) => effect === 'same').length
  return { contracts: created, updated: effects.length - created, same }
}

async function undo(trx: Trx, _actor: Actor, { importId }: ImportContext) {
  for (const { subjectId: id, before } of await effectsOf(trx, importId, 'contract')) {
    const { version, ...values } = before ?? {}
    const used = await trx.from('contracts').where('continues_id', id).first()
    const done =
      !used &&
      affected(
        before
          ? await trx
              .from('contracts')
              .where({ id, version: Number(version) + 1 })
              .update({ ...values, version: Number(version) + 2, updated_at: clock.now() })
          : await trx.from('contracts').where({ id, version: 1 }).delete()
      )
    if (!done) throw new DomainError('imports.errors.contract_in_use')
  }
}
