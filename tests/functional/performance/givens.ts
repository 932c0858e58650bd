import db from '@adonisjs/lucid/services/db'
import { createIndicator } from '#performance/actions/indicators'
import { planCycle, USUAL_RATE, type PlanInput } from '#performance/actions/plan_cycle'
import { rateCard } from '#performance/actions/rate_card'
import { saveScheme, type SchemeInput } from '#performance/actions/save_scheme'
import { DEFAULT_FORMULA } from '#performance/domain/score'
import type { CycleKind, IndicatorSource, Rating } from '#performance/domain/codes'
import { cardById, cardList } from '#performance/queries/cards'
import { cycleById } from '#performance/queries/cycles'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, insertRow, type Row } from '#shared/database'
import {
  givenActor,
  givenAssignment,
  givenDocument,
  givenPerson,
  givenUnit,
} from '#tests/support/givens'

export const TODAY = '2022-07-05'
export const system = Actor.system('tests')

/** The four indicators of the sheet, from where a test wants them. */
export async function givenLibrary(source: IndicatorSource = 'entered') {
  const documentId = await givenDocument()
  const create = (code: string, name: string, kind: any, from: IndicatorSource = source) =>
    createIndicator(
      {
        code,
        name,
        kind,
        measure: '分',
        source: from,
        formula: null,
        validFrom: '2020-01-01',
        documentId,
      },
      system
    )
  return {
    quantity: await create('GZL', '工作量分', 'quantity'),
    quality: await create('ZLF', '质量分', 'quality'),
    attendance: await create('CQL', '出勤率', 'attendance', 'imported'),
    adjustment: await create('JJF', '加减分', 'adjustment'),
  }
}

export type Library = Awaited<ReturnType<typeof givenLibrary>>

/** Half work done, half how well. */
export async function givenScheme(
  library: Library,
  unitId: number,
  input: Partial<SchemeInput> = {}
): Promise<number> {
  return saveScheme(
    {
      name: '分类绩效考核办法',
      unitId,
      cycleKind: 'quarter',
      nature: null,
      category: null,
      employmentType: null,
      formula: DEFAULT_FORMULA,
      tilt: '1',
      scorers: { manager: 10_000, peer: 0, service: 0 },
      validFrom: '2020-01-01',
      documentId: await givenDocument(),
      items: [
        { indicatorId: library.quantity, weight: 5_000 },
        { indicatorId: library.quality, weight: 5_000 },
        { indicatorId: library.attendance, weight: 0 },
        { indicatorId: library.adjustment, weight: 0 },
      ],
      ...input,
    },
    system
  )
}

export async function givenDepartment(unitId: number, row: Row = {}): Promise<number> {
  return inTransaction((trx) =>
    insertRow(trx, 'departments', {
      unit_id: unitId,
      name: '编辑中心',
      valid_from: '2020-01-01',
      version: 1,
      created_at: clock.now(),
      ...row,
    })
  )
}

export async function givenPost(unitId: number, departmentId: number, row: Row = {}) {
  return inTransaction((trx) =>
    insertRow(trx, 'posts', {
      unit_id: unitId,
      department_id: departmentId,
      name: '编辑',
      nature: 'editorial',
      coefficient: '1.30',
      valid_from: '2020-01-01',
      version: 1,
      created_at: clock.now(),
      ...row,
    })
  )
}

/** A unit with a department, a post and this many people. */
export async function givenTeam(size: number, employment = 'establishment') {
  const unitId = await givenUnit({ name: '融媒体中心' })
  const departmentId = await givenDepartment(unitId)
  const postId = await givenPost(unitId, departmentId)
  const personIds = []
  for (let index = 0; index < size; index++) {
    const personId = await givenPerson({ name: `职工${index}`, name_pinyin: `zhigong ${index}` })
    await givenAssignment(personId, unitId, {
      employment_type: employment,
      department_id: departmentId,
      post_id: postId,
      quota_category: 'professional',
    })
    personIds.push(personId)
  }
  return { unitId, departmentId, postId, personIds }
}

export async function givenCycle(unitId: number, input: Partial<PlanInput> = {}, actor = system) {
  return planCycle(
    {
      kind: 'quarter' as CycleKind,
      date: '2022-04-01',
      unitId,
      unitIds: [],
      documentId: await givenDocument(),
      minimumGroup: 3,
      appealDays: 30,
      rate: USUAL_RATE,
      ...input,
    },
    actor
  )
}

/** The people who make the results of a unit. */
export async function givenOffice() {
  return {
    officer: await givenActor({ role: 'hr_officer' }),
    head: await givenActor({ role: 'hr_head' }),
    leader: await givenActor({ role: 'leadership' }),
  }
}

export const versionOf = async (cycleId: number) => (await cycleById(cycleId)).version

export const cardsOf = (cycleId: number) => cardList({ cycleId, units: 'all' })

/** Rates a card as it stands now; a reason is at hand where it changes. */
export async function rate(cardId: number, rating: Rating | null, actor: Actor = system) {
  const { version } = await cardById(cardId)
  await rateCard({ cardId, version, rating, reason: '复核' }, actor)
}

/** Puts the cycle into a state, without what leads there. */
export async function givenState(cycleId: number, state: string) {
  await db.from('review_cycles').where('id', cycleId).update({ state })
}
