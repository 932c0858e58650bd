import { addIndicator, type IndicatorInput } from '#assessment/actions/indicators'
import { enterValues, type ValueInput } from '#assessment/actions/enter_values'
import { confirmAssessment, publishAssessment } from '#assessment/actions/move_assessment'
import { submitAssessment, type MoveInput } from '#assessment/actions/move_assessment'
import { openAssessment } from '#assessment/actions/open_assessment'
import { readValues } from '#assessment/actions/read_values'
import { adoptSheet, createSheet } from '#assessment/actions/sheets'
import { assessmentById } from '#assessment/queries/assessments'
import { resultOfUnit } from '#assessment/queries/results'
import { sheetById } from '#assessment/queries/sheets'
import type { Actor } from '#shared/actor'
import { givenActor, givenDocument, givenUnit } from '#tests/support/givens'

export const TODAY = '2022-04-06'
export const QUARTER = { kind: 'accountability' as const, year: 2022, quarter: 1 }

export async function givenOffice() {
  return {
    office: await givenActor({ role: 'leading_group_office' }),
    leader: await givenActor({ role: 'leadership' }),
  }
}

type Office = Awaited<ReturnType<typeof givenOffice>>

export function indicator(row: Partial<IndicatorInput> = {}): IndicatorInput {
  return {
    name: '重点任务完成率',
    source: 'entered',
    rule: 'at_least',
    target: 100_00,
    measuredIn: '%',
    weight: 100_00,
    standard: null,
    ...row,
  }
}

/** A sheet with these indicators, in force since the beginning of 2022. */
export async function givenSheet(
  { office, leader }: Office,
  indicators: Partial<IndicatorInput>[] = [{}],
  validFrom = '2022-01-01'
) {
  const input = { title: '责任考核指标体系', validFrom, yellowPoints: 2_00, redPoints: 5_00 }
  const sheetId = await createSheet({ ...input, kind: 'accountability' }, office)
  const ids = []
  for (const row of indicators) {
    ids.push(await addIndicator({ ...indicator(row), sheetId }, office))
  }
  const { version } = await sheetById(sheetId)
  await adoptSheet({ sheetId, version, documentId: await givenDocument() }, leader)
  return { sheetId, indicatorIds: ids }
}

/** Two units under assessment for the first quarter, read and waiting for their values. */
export async function givenAssessment(indicators: Partial<IndicatorInput>[] = [{}]) {
  const people = await givenOffice()
  const sheet = await givenSheet(people, indicators)
  const unitIds = [await givenUnit({ name: '甲局' }), await givenUnit({ name: '乙局' })]
  const id = await openAssessment({ ...QUARTER, unitIds }, people.office)
  const at = async () => ({ assessmentId: id, version: (await assessmentById(id)).version })
  await readValues(await at(), people.office)
  const enter = async (unitId: number, values: Partial<ValueInput>[], actor = people.office) => {
    const { version } = await resultOfUnit(id, unitId)
    await enterValues(
      {
        assessmentId: id,
        unitId,
        version,
        values: values.map((value, index) => ({
          indicatorId: sheet.indicatorIds[index],
          actual: null,
          applies: true,
          origin: '市委宣传部',
          evidence: '督查台账',
          documentId: null,
          ...value,
        })),
      },
      actor
    )
  }
  const act = async (
    action: (input: MoveInput, actor: Actor) => Promise<void>,
    actor: Actor,
    more: Partial<MoveInput> = {}
  ) => action({ ...(await at()), ...more }, actor)
  const publish = async () => {
    await act(submitAssessment, people.office)
    await act(confirmAssessment, people.leader)
    await act(publishAssessment, people.office)
  }
  return { ...people, ...sheet, id, unitIds, at, enter, act, publish }
}
