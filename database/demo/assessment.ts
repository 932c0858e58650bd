import db from '@adonisjs/lucid/services/db'
import { enterValues } from '#assessment/actions/enter_values'
import { addIndicator, type IndicatorInput } from '#assessment/actions/indicators'
import {
  confirmAssessment,
  publishAssessment,
  submitAssessment,
  writeSummary,
} from '#assessment/actions/move_assessment'
import { openAssessment } from '#assessment/actions/open_assessment'
import { readValues } from '#assessment/actions/read_values'
import { adoptSheet, createSheet } from '#assessment/actions/sheets'
import type { AssessmentKind } from '#assessment/domain/moves'
import { daysOf, lastQuarter } from '#assessment/domain/quarters'
import { assessmentById } from '#assessment/queries/assessments'
import { resultsOf } from '#assessment/queries/results'
import { indicatorsOf } from '#assessment/queries/sheets'
import { recordDocument } from '#decisions/actions/record_document'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { inTransaction } from '#shared/database'
import type { City } from './city.js'

/** Name, source, target, unit of measure, weight in points, standard. */
type Line = [string, string, number, string, number, string]

const SHEETS: Record<AssessmentKind, { title: string; lines: Line[] }> = {
  accountability: {
    title: '媒体融合改革责任考核指标',
    lines: [
      ['任务按期完成率', 'tasks_in_time', 100, '%', 30, '本季度到期的任务，按期办结'],
      ['里程碑按期完成率', 'milestones_in_time', 100, '%', 20, '本季度到期、本单位牵头'],
      ['专项资金执行率', 'fund_execution', 60, '%', 10, '已支付占已下达的比例'],
      ['改革会议出席率', 'entered', 95, '%', 20, '领导小组、联席会议应到实到'],
      ['工作信息报送', 'entered', 12, '条', 10, '被领导小组办公室采用的信息'],
      ['改革宣传和职工思想工作', 'entered', 100, '分', 10, '领导小组办公室评议'],
    ],
  },
  progress: {
    title: '媒体融合改革跟踪测评指标',
    lines: [
      ['人员划转完成率', 'fact:transfers.executed', 100, '%', 40, '以划转批次执行结果为准'],
      ['机构挂牌和职能划转', 'entered', 100, '%', 30, '以三定规定为准'],
      ['业务系统并网', 'entered', 8, '个', 30, '接入统一采编平台的系统'],
    ],
  },
  outcome: {
    title: '媒体融合改革效果评估指标',
    lines: [
      ['原创稿件', 'entered', 1_200, '件', 40, '稿库入库数'],
      ['客户端下载量', 'entered', 15, '万次', 30, '各应用商店合计'],
      ['群众满意度', 'entered', 85, '%', 30, '第三方抽样调查'],
    ],
  },
}

/**
 * The last quarter: the accountability review is published, the progress assessment waits for the
 * leader's confirmation, the outcome evaluation still lacks values; next year's sheet waits to be
 * adopted.
 */
export async function tellAssessment(city: City): Promise<void> {
  const { today, quarter: start } = city
  const quarter = lastQuarter(today)
  clock.freeze(start)
  for (const [index, kind] of (Object.keys(SHEETS) as AssessmentKind[]).entries()) {
    await adopt(city, kind, start, 61 + index)
  }
  const over = addDays(daysOf(quarter).to, 8)
  clock.freeze(over < today ? over : today)
  const units = [city.units.get('融媒体中心')!, city.units.get('外宣中心')!]
  const review = await open(city, 'accountability', [...units, ...(await unitsWithTasks(units))])
  await fill(city, review, ({ target }, index) => Math.round(target * (1 - index * 0.06)))
  await publish(city, review)

  clock.freeze(today)
  const progress = await open(city, 'progress', units)
  await fill(city, progress, ({ target }, index) => Math.round(target * (0.95 - index * 0.2)))
  await submit(city, progress)
  const outcome = await open(city, 'outcome', units)
  await fill(city, outcome, ({ target, lineNo }) => (lineNo < 3 ? target : null))

  const { lgoffice } = city.cast
  const validFrom = `${Number(today.slice(0, 4)) + 1}-01-01`
  await prepare(await lgoffice(), 'accountability', validFrom)
}

/** Departments of the city that lead a task, a few. */
async function unitsWithTasks(but: number[]): Promise<number[]> {
  const rows = await db
    .from('task_parts')
    .where('role', 'lead')
    .whereNotIn('unit_id', but)
    .distinct('unit_id')
    .orderBy('unit_id')
    .limit(6)
  return rows.map((row) => Number(row.unit_id))
}

async function prepare(
  office: Awaited<ReturnType<City['cast']['lgoffice']>>,
  kind: AssessmentKind,
  validFrom: string
): Promise<number> {
  const { title, lines } = SHEETS[kind]
  const year = `${validFrom.slice(0, 4)}年`
  const head = { title: `${year}${title}`, validFrom, yellowPoints: 2_00, redPoints: 5_00 }
  const sheetId = await createSheet({ ...head, kind }, office)
  for (const [name, source, target, measuredIn, weight, standard] of lines) {
    const input: IndicatorInput = {
      name,
      source,
      rule: 'at_least',
      measuredIn,
      standard,
      target: target * 100,
      weight: weight * 100,
    }
    await addIndicator({ ...input, sheetId }, office)
  }
  return sheetId
}

async function adopt(city: City, kind: AssessmentKind, validFrom: string, number: number) {
  const office = await city.cast.lgoffice()
  const sheetId = await prepare(office, kind, validFrom)
  const documentId = await inTransaction((trx) =>
    recordDocument(trx, office, {
      documentNo: city.no(number),
      title: `关于印发《${SHEETS[kind].title}》的通知`,
      issuer: '市媒体融合改革工作领导小组',
      issuedOn: clock.today(),
    })
  )
  await adoptSheet({ sheetId, version: 1, documentId }, await city.cast.leader())
}

async function open(city: City, kind: AssessmentKind, unitIds: number[]): Promise<number> {
  const office = await city.cast.lgoffice()
  const id = await openAssessment({ ...lastQuarter(city.today), kind, unitIds }, office)
  await readValues(await at(id), office)
  return id
}

type Indicator = Awaited<ReturnType<typeof indicatorsOf>>[number]

/** Enters a value for every unit and indicator that people measure; null leaves it missing. */
async function fill(
  city: City,
  id: number,
  valueOf: (indicator: Indicator, index: number) => number | null
) {
  const { sheetId } = await assessmentById(id)
  const indicators = (await indicatorsOf(sheetId)).filter(({ source }) => source === 'entered')
  for (const [index, result] of (await resultsOf(id)).entries()) {
    const values = indicators.map((indicator) => ({
      indicatorId: indicator.id,
      actual: valueOf(indicator, index),
      applies: true,
      origin: '领导小组办公室',
      evidence: `${indicator.standard}，台账备查`,
      documentId: null,
    }))
    const { unitId, version } = result
    const input = { assessmentId: id, unitId, version, values }
    await enterValues(input, await city.cast.lgoffice())
  }
}

async function submit(city: City, id: number) {
  const office = await city.cast.lgoffice()
  const summary =
    '各单位总体按时间表推进。排名靠后的单位对照失分指标逐项整改，下季度考核前报送整改情况。'
  await writeSummary({ ...(await at(id)), summary }, office)
  await submitAssessment(await at(id), office)
}

async function publish(city: City, id: number) {
  await submit(city, id)
  await confirmAssessment(await at(id), await city.cast.leader())
  await publishAssessment(await at(id), await city.cast.lgoffice())
}

async function at(id: number) {
  const { version } = await assessmentById(id)
  return { assessmentId: id, version }
}
