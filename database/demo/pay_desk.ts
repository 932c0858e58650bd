import { approveDifference, prepareDifference } from '#pay/actions/differences'
import { checkRun } from '#pay/actions/move_run'
import { raiseSteps } from '#pay/actions/raise_steps'
import { prepareSettlement } from '#pay/actions/settlements'
import { saveWageBase } from '#pay/actions/wage_base'
import { differencesOf } from '#pay/queries/differences'
import { runList } from '#pay/queries/runs'
import { linesOf } from '#pay/queries/slip_lines'
import { slipList } from '#pay/queries/slips'
import { wageBasesOn, type WageBaseRow } from '#pay/queries/wage_bases'
import { cyclesForPay } from '#performance/queries/results_for_pay'
import { clock } from '#shared/clock'
import type { City } from './city.js'
import { allotBasic, document, isQuarterStart } from './pay_papers.js'
import {
  approve,
  at,
  monthly,
  newRun,
  paidWages,
  prepareArrears,
  wordsOf,
  type Office,
} from './pay_runs.js'
import { acceptOneMore } from './performance_closed.js'
import { reviewedYear } from './performance_desk.js'

const YUAN = 100

/** What waits today, on the desk of each. */
export async function fillPayDesks(city: City, office: Office) {
  const { today, units } = city
  const unitId = units.get('融媒体中心')!
  const month = today.slice(0, 7)
  if (isQuarterStart(month)) await allotBasic(city, office, month)

  // A step that was accepted late: what the months before owe, the last of it still to be approved.
  await acceptOneMore(city)
  await raiseSteps('all', office.officer)
  await prepareArrears(office)
  const [, ...due] = await differencesOf({ state: 'submitted', units: 'all' })
  await correctBases(city, office)

  const wages = await monthly(office, unitId, month)
  await checkRun(await at(wages), office.officer)
  for (const { id, version } of due) await approveDifference({ id, version }, office.head)
  const correction = await newRun(office, {
    kind: 'correction',
    unitId,
    employmentType: 'establishment',
    payMonth: month,
    monthFrom: month,
    monthTo: month,
    allotmentId: null,
    cycleId: null,
    title: `${wordsOf(month)}补发`,
  })
  await approve(office, correction)
  await lastYearsBonus(city, office, unitId)
  await overpaid(city, office)
}

/** Somebody of the contract staff was paid too much and pays a part back: it waits for the head. */
async function overpaid(city: City, { officer, head }: Office) {
  const paid = {
    units: 'all',
    kind: 'incentive',
    employmentType: 'contract',
    state: 'paid',
  } as const
  const [run] = await runList(paid)
  const [slip] = await slipList({ runId: run.id, state: 'computed' })
  const [line] = await linesOf([slip.id])
  const documentId = await document(city, 75, '关于追回多发奖励性绩效的通知', officer)
  const id = await prepareDifference(
    {
      personId: slip.personId,
      unitId: slip.unitId,
      employmentType: 'contract',
      slipId: slip.id,
      itemName: line.name,
      amountFen: -260 * YUAN,
      instalmentFen: null,
      fact: '工分复核，夜班重复计分',
      documentId,
    },
    officer
  )
  await approveDifference({ id, version: 1 }, head)
  await prepareSettlement(
    {
      differenceId: id,
      way: 'repaid',
      amountFen: 100 * YUAN,
      settledOn: clock.today(),
      documentId,
      reason: '本人已将部分款项退回单位账户',
    },
    officer
  )
}

/**
 * The objection led to a check: an allowance was left out, and another one's step counted one too
 * high, both from a month on that was paid. Its changes wait for the pay officer.
 */
async function correctBases(city: City, { officer }: Office) {
  const [, { id, month }] = await paidWages()
  const slips = await slipList({ runId: id, state: 'computed' })
  const personIds = slips.map(({ personId }) => personId)
  const bases = await wageBasesOn(personIds, city.today)
  const objector = slips.find(({ answerState }) => answerState === 'objected')!
  const [allowance, step] = [
    bases.get(objector.personId)!,
    [...bases.values()].find(
      (base) => base.personId !== objector.personId && base.reason && !base.leader
    )!,
  ]
  await document(city, 71, '关于更正部分人员薪级和津贴补贴的通知', officer)
  const correct = (base: WageBaseRow, change: Partial<WageBaseRow>, reason: string) =>
    saveWageBase(
      {
        ...base,
        ...change,
        validFrom: `${month}-01`,
        account: null,
        basedOn: base.id,
        reason: `${city.no(71)}：${reason}`,
      },
      officer
    )
  await correct(allowance, { allowanceFen: allowance.allowanceFen! + 80 * YUAN }, '津贴补贴漏计')
  await correct(step, { step: step.step! - 1 }, '档案核对，薪级多计一级')
}

/** 年终一次性奖金 by last year's ratings: computed, with people still to complete. */
async function lastYearsBonus(city: City, office: Office, unitId: number) {
  const year = reviewedYear(city)
  const cycles = await cyclesForPay([unitId])
  await newRun(office, {
    kind: 'year_end',
    unitId,
    employmentType: 'establishment',
    allotmentId: null,
    monthFrom: `${year}-01`,
    monthTo: `${year}-12`,
    payMonth: city.today.slice(0, 7),
    cycleId: cycles.find(({ kind }) => kind === 'year')!.id,
    title: `${year}年年终一次性奖金`,
  })
}
