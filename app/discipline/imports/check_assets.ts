import type { CheckSummary, ImportContext, RowVerdict, SourceRow } from '#shared/ports/imports'
import { column, headersOf, RowReading, withoutColumn } from '#organization/imports/reading'
import { unitResolver, type UnitResolver } from '#organization/queries/resolve_unit'
import type { AssetFacts } from '../actions/assets.js'
import { CATEGORY_TEXTS, CONDITION_TEXTS, PURPOSE_TEXTS } from '../domain/asset_codes.js'
import { assetList, type AssetRow } from '../queries/assets.js'
import { amount, bounded } from './cells.js'

export const ASSET_FIELDS = [
  column('code', '资产编号', ['编号', '资产编码', '卡片编号'], true),
  column('name', '资产名称', ['名称', '品名'], true),
  column('category', '资产类别', ['类别', '分类', '资产分类'], true),
  column('model', '规格型号', ['型号', '规格']),
  column('unit', '使用单位', ['单位', '所属单位', '占有单位'], true),
  column('custodian', '保管人', ['使用人', '责任人', '管理人']),
  column('place', '存放地点', ['地点', '存放位置', '坐落']),
  column('purpose', '用途', ['使用方向', '资产用途'], true),
  column('condition', '使用状况', ['状况', '资产状况', '使用状态']),
  column('acquired', '取得日期', ['购置日期', '入账日期', '启用日期']),
  column('original', '原值', ['原值(元)', '资产原值', '账面原值'], true),
  column('net', '净值', ['净值(元)', '账面净值', '资产净值'], true),
]

/** What a sheet may leave out → its column. */
const OPTIONAL = {
  model: 'model',
  custodian: 'custodian',
  place: 'place',
  condition: 'condition',
  acquiredOn: 'acquired',
}

export interface AssetParsed extends AssetFacts {
  code: string
  unitId: number
  /** Null: to be made. */
  id: number | null
}

/** Judges the rows: a number stands once, its unit is known and the one that the register has. */
export async function checkAssets(
  sheets: Map<string, SourceRow[]>,
  { asOf }: ImportContext
): Promise<CheckSummary> {
  const rows = sheets.get('assets') ?? []
  const headers = headersOf(ASSET_FIELDS)
  const resolve = await unitResolver()
  const known = await knownAssets()
  const seen = new Map<string, number>()
  const verdicts = rows.map((row): RowVerdict => {
    const reading = new RowReading(row, headers)
    const given = read(reading, resolve, asOf)
    reading.once(seen, given.code, 'code')
    const old = known.get(given.code)
    const parsed = { ...given, ...(old && withoutColumn(row, OPTIONAL, old)) }
    if (old) judgeKnown(reading, old, parsed)
    const effect = !old ? 'create' : isSame(old, parsed) ? 'same' : 'update'
    return reading.verdict({ ...parsed, id: old?.id ?? null }, effect)
  })
  return { verdicts: [{ sheet: 'assets', verdicts }] }
}

async function knownAssets(): Promise<Map<string, AssetRow>> {
  const list = await assetList({ units: 'all' })
  return new Map(list.map((asset) => [asset.code, asset]))
}

/** An asset goes to another unit by a division alone, and never comes back from disposal. */
function judgeKnown(reading: RowReading, old: AssetRow, parsed: AssetParsed) {
  if (reading.rejected) return
  if (old.state === 'disposed') reading.say('rejected', 'asset_disposed', 'code')
  else if (old.unitId !== parsed.unitId) {
    reading.say('rejected', 'asset_elsewhere', 'unit', { unit: old.unitName })
  }
}

function read(reading: RowReading, resolve: UnitResolver, asOf: string): AssetParsed {
  const originalFen = amount(reading, 'original')
  const netFen = amount(reading, 'net')
  if (netFen > originalFen && !reading.rejected) reading.say('rejected', 'net_above', 'net')
  return {
    code: bounded(reading, 'code', 60, true),
    name: bounded(reading, 'name', 200, true),
    category: reading.code('category', CATEGORY_TEXTS, true) ?? 'other',
    model: bounded(reading, 'model', 200) || null,
    unitId: unit(reading, resolve, asOf),
    custodian: bounded(reading, 'custodian', 120) || null,
    place: bounded(reading, 'place', 200) || null,
    purpose: reading.code('purpose', PURPOSE_TEXTS, true) ?? 'idle',
    condition: reading.code('condition', CONDITION_TEXTS) ?? 'good',
    acquiredOn: reading.text('acquired') === '' ? null : reading.date('acquired'),
    originalFen,
    netFen,
    id: null,
  }
}

function unit(reading: RowReading, resolve: UnitResolver, asOf: string): number {
  const name = reading.required('unit')
  if (name === '') return 0
  const found = resolve(name, asOf)
  if (found.kind === 'found') return found.unitId
  reading.say('rejected', found.kind === 'ambiguous' ? 'ambiguous_unit' : 'unit_unknown', 'unit')
  return 0
}

function isSame(old: AssetRow, parsed: AssetParsed): boolean {
  const { code: _code, id: _id, unitId: _unitId, ...facts } = parsed
  return Object.entries(facts).every(
    ([name, value]) => (old[name as keyof AssetRow] ?? null) === (value ?? null)
  )
}
