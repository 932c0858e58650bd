import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Row, type Trx } from '#shared/database'
import { refusing, type Refuse } from '#shared/errors'
import type { Rule } from '../domain/scoring.js'
import { sourceCodes } from '../queries/measures.js'
import { indicatorById } from '../queries/sheets.js'
import { holdSheetOf } from './hold_rows.js'
import { assertDraft } from './sheets.js'

const refuse: Refuse = refusing('assessment')

export interface IndicatorInput {
  name: string
  source: string
  rule: Rule
  target: number
  measuredIn: string
  weight: number
  standard: string | null
}

/** Adds an indicator at the end of a draft; returns its id. */
export async function addIndicator(
  input: IndicatorInput & { sheetId: number },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await assertDraft(client, input.sheetId)
    const [{ last }] = await client
      .from('assessment_indicators')
      .where('sheet_id', input.sheetId)
      .max('line_no as last')
    const id = await insertRow(client, 'assessment_indicators', {
      ...columnsOf(input),
      sheet_id: input.sheetId,
      line_no: Number(last ?? 0) + 1,
      version: 1,
      created_at: clock.now(),
    })
    await write(client, actor, 'added', input.sheetId, shown(input))
    return id
  }, trx)
}

export async function editIndicator(
  input: IndicatorInput & { indicatorId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await holdSheetOf(client, input.indicatorId)
    const before = await indicatorById(input.indicatorId, client)
    await assertDraft(client, before.sheetId)
    const { indicatorId, version } = input
    const values = columnsOf(input)
    await updateVersioned(client, 'assessment_indicators', indicatorId, version, values)
    const old = shown(before)
    const changes = Object.entries(shown(input)).map(([name, value]) => [name, [old[name], value]])
    await write(client, actor, 'edited', before.sheetId, Object.fromEntries(changes))
  }, trx)
}

export async function removeIndicator(
  input: { indicatorId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await holdSheetOf(client, input.indicatorId)
    const before = await indicatorById(input.indicatorId, client)
    await assertDraft(client, before.sheetId)
    await updateVersioned(client, 'assessment_indicators', before.id, input.version, {})
    await client.from('assessment_indicators').where('id', before.id).delete()
    await write(client, actor, 'removed', before.sheetId, shown(before))
  }, trx)
}

function columnsOf(input: IndicatorInput): Row {
  if (!sourceCodes().includes(input.source)) refuse('source', 'unknown_source')
  if (input.weight <= 0) refuse('weight', 'weight_zero')
  if (input.target < 0) refuse('target', 'target_below_zero')
  return {
    name: input.name,
    source: input.source,
    rule: input.rule,
    target: input.target,
    measured_in: input.measuredIn,
    weight: input.weight,
    standard: input.standard,
  }
}

const shown = ({ name, target, weight }: IndicatorInput): Row => ({
  indicator: name,
  target: target / 100,
  weight: weight / 100,
})

function write(trx: Trx, actor: Actor, done: string, sheetId: number, changes: Row) {
  return record(trx, actor, {
    action: `assessment.indicator.${done}`,
    subjectType: 'assessment_sheet',
    subjectId: sheetId,
    changes,
  })
}
