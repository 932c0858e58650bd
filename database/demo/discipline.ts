import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { recordDocument } from '#decisions/actions/record_document'
import { editAsset } from '#discipline/actions/assets'
import { addSurplus, openCount, saveCountLines } from '#discipline/actions/counts'
import { submitCount } from '#discipline/actions/move_count'
import type { CountedLine } from '#discipline/actions/counts'
import { declareFreeze } from '#discipline/actions/declare_freeze'
import { createDivestiture, submitDivestiture } from '#discipline/actions/divestitures'
import { approveExemption, askExemption, refuseExemption } from '#discipline/actions/exemptions'
import { registerSpending, type SpendingInput } from '#discipline/actions/spending'
import { countRegister } from '#discipline/documents/count_sheet'
import { assetById } from '#discipline/queries/assets'
import { countById, countLines, type CountLine } from '#discipline/queries/counts'
import { runImport } from '#imports/actions/run_import'
import { createPost } from '#organization/actions/departments_and_posts'
import { submitEvent } from '#people/actions/move_event'
import { createEvent } from '#people/actions/save_event'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import { inTransaction } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { CellInput } from '#shared/spreadsheets/cell_value'
import { writeRegister } from '#shared/spreadsheets/register_writer'
import { sampleAssets, writeAssetSample } from './asset_sample.js'
import type { City } from './city.js'
import { decideMissing } from './decisions.js'

const YUAN = 100

/**
 * The registers of assets, the freeze from the approval of the plan until the transfers are done,
 * what was tried in it, exemptions, spending with its warnings, counts and the division that waits.
 */
export async function tellDiscipline(city: City): Promise<void> {
  const { today, units } = city
  const [tv, paper, centre] = ['广播电视台', '报社', '融媒体中心'].map((name) => units.get(name)!)
  const officer = await account('caiwu1')
  await importAssets(city, officer)
  await freeze(city)
  await attempts(city, officer)
  await exemptions(city, tv, officer)
  await spending(today, { tv, paper, centre }, officer)
  await counts(city, { tv, paper }, officer)
  await division(city, { tv, paper, centre }, officer)
  clock.freeze(today)
}

async function account(username: string): Promise<Actor> {
  const { id } = await db.from('users').where({ username }).firstOrFail()
  return buildActor(Number(id))
}

async function importAssets({ folder, day }: City, actor: Actor) {
  const asOf = day('2022-01-20')
  clock.freeze(asOf)
  const path = join(folder, 'assets.xlsx')
  await writeAssetSample(path, sampleAssets(Number(asOf.slice(0, 4))))
  const file = { definition: 'assets', path, fileName: 'assets.xlsx', asOf }
  await runImport({ ...file, actor, confirm: true })
}

/** Decided and declared two weeks ago, back to the approval of the plan; batches go on as reform. */
async function freeze(city: City) {
  const { cast, today, day, units } = city
  clock.freeze(addDays(today, -14))
  const office = await cast.lgoffice()
  const frozen = ['广播电视台', '报社', '新闻网络舆情中心', '融媒体中心', '文化传媒公司']
  await decideMissing(
    'discipline_freeze',
    {
      from: day('2022-02-18'),
      to: addMonths(`${today.slice(0, 7)}-01`, 3),
      unit_ids: frozen.map((name) => units.get(name)).filter((id) => id !== undefined),
    },
    city.no(35),
    office,
    await cast.leader()
  )
  await declareFreeze({ programmeDocumentIds: await reformDocuments() }, office)
}

/** Everything that batches, rounds, recruitments and funds of the reform were prepared under. */
async function reformDocuments(): Promise<number[]> {
  const tables = ['transfer_batches', 'selection_rounds', 'recruitments', 'funds', 'unit_changes']
  const lists = await Promise.all(
    tables.map((table) => db.from(table).whereNotNull('document_id').distinct('document_id'))
  )
  return [...new Set(lists.flat().map((row) => Number(row.document_id)))]
}

/** What is refused stays on record; the story goes on. */
async function tried(work: () => Promise<unknown>) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof DomainError) || !error.key.startsWith('discipline.refused.')) throw error
  }
}

async function attempts(city: City, officer: Actor) {
  const { cast, today, units } = city
  const [tv, centre] = [units.get('广播电视台')!, units.get('融媒体中心')!]
  const hr2 = await cast.hr2()
  clock.freeze(addDays(today, -11))
  await tried(async () => {
    const { person_id: personId } = await db
      .from('assignments')
      .where({ open_main: 1, employment_type: 'contract', unit_id: tv })
      .orderBy('id')
      .firstOrFail()
    const eventId = await createEvent(
      {
        kind: 'transfer_out',
        personId: Number(personId),
        unitId: null,
        untilOn: null,
        effectiveOn: addDays(today, -10),
        documentNo: city.no(36),
        reason: '协商调出',
        details: { destination: '市文旅公司' },
      },
      hr2
    )
    await submitEvent({ eventId, version: 1 }, hr2)
  })
  clock.freeze(addDays(today, -8))
  const department = await db.from('departments').where('unit_id', centre).orderBy('id').first()
  await tried(() =>
    createPost(
      {
        unitId: centre,
        departmentId: Number(department.id),
        code: 'T99',
        name: '总监助理',
        nature: 'administrative',
        category: 'management',
        employmentType: 'contract',
        headcount: 1,
        validFrom: clock.today(),
      },
      hr2
    )
  )
  clock.freeze(addDays(today, -4))
  const payment = { unitId: tv, voucherNo: '记-118', spentOn: clock.today(), documentId: null }
  await tried(() =>
    registerSpending(
      {
        ...payment,
        category: 'dividend',
        payee: '广电工会持股会',
        amountFen: 480_000 * YUAN,
        purpose: '上年度利润分配',
      },
      officer
    )
  )
  clock.freeze(addDays(today, -2))
  const { id } = await db.from('assets').where({ unit_id: tv, purpose: 'broadcast' }).firstOrFail()
  const asset = await assetById(Number(id))
  await tried(() =>
    editAsset(
      {
        ...asset,
        assetId: asset.id,
        purpose: 'rented',
        wasWrong: false,
        reason: '临时出租给婚庆公司',
        documentId: null,
      },
      officer
    )
  )
}

async function exemptions(city: City, tv: number, officer: Actor) {
  const { cast, today } = city
  const office = await cast.lgoffice()
  const hr1 = await cast.hr1()
  const until = addMonths(today, 1)
  clock.freeze(addDays(today, -9))
  const documentId = await inTransaction((trx) =>
    recordDocument(trx, officer, { documentNo: city.no(34), title: '关于急需事项的请示' })
  )
  const common = { unitId: tv, personId: null, documentId, untilOn: until }
  const repair = await askExemption(
    {
      ...common,
      rule: 'spending',
      what: '更换东山发射台发射机功放模块',
      why: '设备故障，影响安全播出',
      amountFen: 120_000 * YUAN,
    },
    officer
  )
  const vehicle = await askExemption(
    {
      ...common,
      rule: 'spending',
      what: '购置商务车一辆',
      why: '原车辆老旧',
      amountFen: 320_000 * YUAN,
    },
    officer
  )
  clock.freeze(addDays(today, -7))
  await approveExemption({ exemptionId: repair, version: 1 }, office)
  const comment = '不属于急需，改革完成后统一安排'
  await refuseExemption({ exemptionId: vehicle, version: 1, comment }, office)
  clock.freeze(addDays(today, -3))
  await askExemption(
    {
      ...common,
      rule: 'personnel',
      what: '聘用代班播音员一名，聘期三个月',
      why: '播音员休产假，无人代班',
      amountFen: null,
    },
    hr1
  )
}

/** Ordinary weeks, and one payee who is always paid just below the ceiling. */
async function spending(
  today: string,
  units: { tv: number; paper: number; centre: number },
  officer: Actor
) {
  let voucher = 100
  const pay = async (ago: number, unitId: number, input: Partial<SpendingInput>, yuan: number) => {
    const spentOn = addDays(today, -ago)
    clock.freeze(spentOn < addDays(today, -13) ? addDays(today, -13) : spentOn)
    voucher += 1
    await registerSpending(
      {
        unitId,
        category: 'office',
        payee: '新华书店文具部',
        purpose: '办公用品',
        voucherNo: `记-${voucher}`,
        spentOn,
        documentId: null,
        ...input,
        amountFen: Math.round(yuan * YUAN),
      },
      officer
    )
  }
  const { tv, paper, centre } = units
  await pay(13, tv, { category: 'utilities', payee: '市供电公司', purpose: '电费' }, 18_642.35)
  await pay(12, paper, { category: 'printing', payee: '市印刷物资公司', purpose: '纸张' }, 4_380)
  await pay(12, centre, {}, 1_265.5)
  const notice = { payee: '恒达广告制作部', purpose: '展板制作' }
  for (const [ago, yuan] of [
    [11, 1_960],
    [9, 1_985],
    [6, 1_940],
    [4, 1_990],
  ]) {
    await pay(ago, paper, notice, yuan)
  }
  const transmitter = { category: 'repair' as const, payee: '省广播器材公司', purpose: '功放模块' }
  await pay(5, tv, transmitter, 86_400)
  await pay(3, centre, { category: 'travel', payee: '市公务出行平台', purpose: '省台学习' }, 2_310)
  await pay(
    2,
    tv,
    { category: 'regular_pay', payee: '在职职工', purpose: '当月工资' },
    1_186_420.18
  )
}

const found = (line: CountLine, input: Partial<CountedLine> = {}): CountedLine => ({
  lineId: line.id,
  version: line.version,
  result: 'found',
  facts: line.book,
  explanation: null,
  ...input,
})

/** The station's count waits for the head of finance; the newspaper's is half way, from Excel. */
async function counts(city: City, units: { tv: number; paper: number }, officer: Actor) {
  const { today } = city
  clock.freeze(addDays(today, -6))
  const asOf = clock.today()
  const countId = await openCount({ unitId: units.tv, asOf, documentId: null }, officer)
  const lines = await countLines(countId)
  const written = lines.map((line, index) => {
    if (index === 6) {
      return found(line, { result: 'missing', explanation: '采访途中遗失，已报案，待处理' })
    }
    if (index === 11) {
      const facts = { ...line.book, place: '四层仓库', condition: 'idle' }
      return found(line, { facts, explanation: '设备更新后停用，存放仓库' })
    }
    if (index === 24) {
      const facts = { ...line.book, custodian: '梁波' }
      return found(line, { facts, explanation: '人员调整未办移交手续' })
    }
    return found(line)
  })
  await saveCountLines({ countId, lines: written }, officer)
  await addSurplus(
    {
      countId,
      name: '航拍无人机',
      category: 'broadcast',
      originalFen: 23_800 * YUAN,
      netFen: 15_800 * YUAN,
      facts: { place: '器材库', custodian: '何静', purpose: 'editorial', condition: 'good' },
      explanation: '上级台赠送，未入账',
    },
    officer
  )
  clock.freeze(addDays(today, -1))
  const { version } = await countById(countId)
  await submitCount({ countId, version }, officer)

  const other = await openCount(
    { unitId: units.paper, asOf: clock.today(), documentId: null },
    officer
  )
  await importSheet(city.folder, other, officer)
}

/** The sheet that was taken along on paper and filled in half way, one asset not found. */
async function importSheet(folder: string, countId: number, actor: Actor) {
  const path = join(folder, 'count.xlsx')
  const register = countRegister(await countById(countId), await countLines(countId))
  const [sheet] = register.sheets
  const at = sheet.columns.findIndex(({ header }) => header === '盘点结果')
  const rows = [...(sheet.rows as CellInput[][])].map((row, index) =>
    index < 18 ? row.with(at, index === 9 ? '盘亏' : '相符') : row
  )
  await writeRegister(path, { ...register, sheets: [{ ...sheet, rows }] })
  const file = { definition: 'asset_count', path, fileName: '报社资产盘点表.xlsx' }
  await runImport({ ...file, actor, confirm: true })
}

async function division(
  city: City,
  units: { tv: number; paper: number; centre: number },
  officer: Actor
) {
  const companyId = city.units.get('文化传媒公司')
  if (!companyId) return
  clock.freeze(addDays(city.today, -1))
  const { document_id: documentId } = await db
    .from('transfer_batches')
    .whereNotNull('document_id')
    .orderBy('id')
    .firstOrFail()
  const divestitureId = await createDivestiture(
    {
      title: '报社、广播电视台经营性业务剥离',
      fromUnitIds: [units.tv, units.paper],
      centreId: units.centre,
      companyId,
      documentId: Number(documentId),
      effectiveOn: addMonths(`${city.today.slice(0, 7)}-01`, 1),
    },
    officer
  )
  await submitDivestiture({ divestitureId, version: 1 }, officer)
}
