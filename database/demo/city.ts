import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { sealEvents } from '#audit/actions/seal'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { inTransaction } from '#shared/database'
import { runImport } from '#imports/actions/run_import'
import { executeUnitChange } from '#organization/actions/execute_unit_change'
import type { Actor } from '#shared/actor'
import { enterCast, type Cast } from './cast.js'
import { decideHeldRow, decideMissing, proposeMissing } from './decisions.js'
import { fillDesks } from './desk.js'
import { tellAssessment } from './assessment.js'
import { tellDiscipline } from './discipline.js'
import { tellFunds } from './funds.js'
import { tellGovernance } from './governance.js'
import { tellPay } from './pay.js'
import { tellPerformance } from './performance.js'
import { tellProgramme } from './programme.js'
import { tellRecruitment } from './recruitment.js'
import { tellSelection } from './selection.js'
import { moveWorkbooks } from './move_workbooks.js'
import { movesFor } from './moves.js'
import { tellPersonnel } from './personnel.js'
import {
  at,
  check,
  freePosts,
  moveTo,
  placeByHand,
  prepare,
  sign,
  splitWaiting,
  submit,
  takeOut,
} from './transfers.js'
import { executeBatch } from '#transfers/actions/execute_batch'
import { returnBatch } from '#transfers/actions/return_batch'

const DATA = new URL('../seeders/data/', import.meta.url).pathname

/** Row of `settings` that says how far the demo city is. */
export const DEMO_STATE = 'demo.city'

/** What a module's story may use: who acts, when things were, and the moved workbooks. */
export interface City {
  cast: Cast
  today: string
  /** The day of the plan's year 2022, moved. */
  day: (date: string) => string
  /** First day of the last full quarter, on which the main batch took effect. */
  quarter: string
  /** Number of a document of the leading group. */
  no: (number: number) => string
  /** Where the moved workbooks lie, by their names in database/seeders/data. */
  folder: string
  units: Map<string, number>
}

/** The stories of the modules, told when the transfers are; the clock stands at today before each. */
const MODULES = [
  tellGovernance,
  tellProgramme,
  tellFunds,
  tellSelection,
  tellRecruitment,
  tellPerformance,
  tellPay,
  tellDiscipline,
  tellAssessment,
]

/** The sheets in the order in which an office would import them. */
const IMPORTS = [
  ['units', 'reform-plan.xlsx'],
  ['posts', 'posts.xlsx'],
  ['quotas', 'quotas.xlsx'],
  ['roster', 'rosters/tv-station.xlsx'],
  ['roster', 'rosters/newspaper.xlsx'],
  ['roster', 'rosters/opinion-centre.gbk.csv'],
] as const

/**
 * The demo city: the sample workbooks moved to today, imported and worked on by the demo accounts
 * through the same actions as the pages, each on its day. Today lies between 挂牌 and the end of the
 * transfers, which a resolution has extended; every account has something waiting for it.
 */
export async function buildDemoCity(): Promise<void> {
  const today = clock.today()
  const moves = movesFor(today)
  const folder = await mkdtemp(join(tmpdir(), 'ronghe-demo-'))
  /** The day of the plan's year 2022, moved. */
  const day = (date: string) => addMonths(date, moves.months['reform-plan.xlsx'])
  await markDemo('building')
  try {
    await moveWorkbooks(DATA, folder, moves)
    clock.freeze(day('2022-01-10'))
    const cast = await enterCast()
    for (const [definition, name] of IMPORTS) {
      await runImport({
        definition,
        path: join(folder, name),
        fileName: name.split('/').at(-1)!,
        asOf: day('2022-01-10'),
        // 挂牌 and the changes of units take effect with the approval of the establishment.
        answers: definition === 'units' ? { effective_on: day('2022-02-20') } : {},
        actor: await cast.hr1(),
        confirm: true,
      })
    }
    await tellTransfers(cast, day, moves.quarter, today)
    clock.freeze(addMonths(today, -1))
    await tellPersonnel(cast, today, (number) => documentNo(day('2022-02-18'), number))
    clock.freeze(today)
    const centre = (await unitsByName()).get('融媒体中心')!
    const no = (number: number) => documentNo(day('2022-02-18'), number)
    await fillDesks(cast, centre, today, no(12))
    const city = {
      cast,
      today,
      day,
      quarter: moves.quarter,
      no,
      folder,
      units: await unitsByName(),
    }
    for (const tell of MODULES) {
      await tell(city)
      clock.freeze(today)
    }
  } finally {
    clock.release()
    await rm(folder, { recursive: true, force: true })
  }
  await sealEvents()
  await markDemo('done')
}

/** Says whether the city is whole: a load that was killed is seen at the next start. */
async function markDemo(state: 'building' | 'done') {
  await inTransaction(async (trx) => {
    await trx.from('settings').where('name', DEMO_STATE).delete()
    await trx.table('settings').insert({
      name: DEMO_STATE,
      valid_from: '2000-01-01',
      value: JSON.stringify(state),
      version: 1,
      created_at: clock.now(),
    })
  })
}

async function tellTransfers(
  cast: Cast,
  day: (date: string) => string,
  quarter: string,
  today: string
) {
  const no = (number: number) => documentNo(day('2022-02-18'), number)
  const units = await unitsByName()
  const centre = units.get('融媒体中心')!
  const merged = [units.get('广播电视台')!, units.get('报社')!]
  const opinion = units.get('新闻网络舆情中心')!
  const establishment = { employmentType: 'establishment' as const, withQuota: true }

  clock.freeze(day('2022-02-18'))
  await decideHeldRow(await cast.hr1(), await cast.leader(), no(2))

  clock.freeze(day('2022-02-20'))
  await tellUnits(await cast.hrhead())

  clock.freeze(day('2022-02-22'))
  const hr1 = await cast.hr1()
  const main = await prepare(
    {
      title: '广播电视台、报社在编人员连人带编划转融媒体中心',
      documentNo: no(5),
      effectiveOn: quarter,
      reason: '改革方案五（三）1',
    },
    { fromUnitIds: merged, toUnitId: centre, vacantSeats: true, ...establishment },
    hr1
  )
  await check(main, hr1)
  const commercial = await splitWaiting(main, '经营岗位在编人员划转', hr1)
  await submit(main, hr1)
  await sign(main, 'unit', '名册与编制核对无误', await cast.hrhead())
  clock.freeze(day('2022-02-24'))
  await sign(main, 'personnel', '同意', await cast.renshe())
  await sign(main, 'establishment', '编制划转与批文一致', await cast.bianban())
  clock.freeze(quarter)
  await executeBatch({ batchId: main }, await cast.hrhead())

  // What the plan left open came later: the commercial staff are decided, the opinion centre is not.
  clock.freeze(addMonths(today, -2))
  await decideMissing(
    'commercial_establishment_staff',
    { arrange: 'non_commercial_posts' },
    no(9),
    await cast.lgoffice(),
    await cast.leader()
  )
  const hr2 = await cast.hr2()
  const opinionBatch = await prepare(
    {
      title: '新闻网络舆情中心在编人员划转',
      documentNo: no(5),
      effectiveOn: addMonths(`${today.slice(0, 7)}-01`, 2),
      reason: '改革方案五（一）1',
    },
    { fromUnitIds: [opinion], toUnitId: centre, vacantSeats: true, ...establishment },
    hr2
  )
  await check(opinionBatch, hr2)
  clock.freeze(addMonths(today, -1))
  await proposeMissing(
    'opinion_centre_establishment_staff',
    { unit_id: centre },
    no(11),
    await cast.lgoffice()
  )

  const effectiveOn = addMonths(`${today.slice(0, 7)}-01`, 1)
  await moveTo(commercial, effectiveOn, hr1)
  await placeByHand(commercial, await freePosts(centre, effectiveOn), hr1)
  await tellCommercialStaff(cast, commercial, centre)
  await tellReturnedBatch(cast, {
    centre,
    newspaper: merged[1],
    effectiveOn,
    documentNo: no(10),
  })
}

/** 挂牌: what is formed, restructured and spun off takes effect; who is merged waits for the last transfer. */
async function tellUnits(head: Actor) {
  const grant = head.authorize('organization.approve')
  const changes = await db.from('unit_changes').whereNot('kind', 'merge').orderBy('id')
  for (const { id, version } of changes) {
    const change = { changeId: Number(id), version: Number(version) }
    await executeUnitChange({ ...change, settlements: {}, grant }, head)
  }
}

/** The commercial staff go in three parts, each at another step, so that every signer finds one. */
async function tellCommercialStaff(cast: Cast, commercial: number, centre: number) {
  const hr1 = await cast.hr1()
  const second = await takeOut(commercial, 6, '经营岗位在编人员划转（二）', centre, hr1)
  const third = await takeOut(commercial, 6, '经营岗位在编人员划转（三）', centre, hr1)
  for (const batchId of [commercial, second, third]) await submit(batchId, hr1)
  await sign(commercial, 'unit', '人员与去向已核对', await cast.hrhead())
  await sign(commercial, 'personnel', '同意', await cast.renshe())
  await sign(second, 'unit', '人员与去向已核对', await cast.hrhead())
}

/** A batch that came too early is back on its preparer's desk. */
async function tellReturnedBatch(
  cast: Cast,
  facts: { centre: number; newspaper: number; effectiveOn: string; documentNo: string }
) {
  const hr1 = await cast.hr1()
  const returned = await prepare(
    {
      title: '报社编外采编人员转聘（提前批）',
      documentNo: facts.documentNo,
      effectiveOn: facts.effectiveOn,
      reason: '改革方案五（三）3',
    },
    {
      fromUnitIds: [facts.newspaper],
      toUnitId: facts.centre,
      employmentType: 'contract',
      withQuota: false,
      vacantSeats: false,
    },
    hr1
  )
  await submit(returned, hr1)
  const head = await cast.hrhead()
  const grant = head.authorize('transfers.approve_unit')
  await returnBatch({ ...(await at(returned)), comment: '待双向选择结果公示后再办', grant }, head)
}

/** 市融改〔year〕n号 of the year in which the plan was approved. */
function documentNo(date: string, number: number): string {
  return `市融改〔${date.slice(0, 4)}〕${number}号`
}

async function unitsByName(): Promise<Map<string, number>> {
  const rows = await db.from('units').select('id', 'name')
  return new Map(rows.map((row) => [row.name, Number(row.id)]))
}
