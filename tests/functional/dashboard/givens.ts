import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { givenCity, givenTask } from '../governance/givens.js'
import { givenProgramme } from '../programme/givens.js'

export const TODAY = '2022-03-10'

/** A reform under way: a plan with its forecast of a week ago, tasks of two units, one overdue. */
export async function givenReform() {
  const city = await givenCity()
  const plan = await givenProgramme()
  const opening = await plan.milestone('挂牌成立', '2022-03-01')
  const kitchen = await plan.milestone('中央厨房试运行', '2022-03-31')
  const build = await plan.given('平台建设', { duration: 10, phaseId: kitchen })
  await plan.link(build, kitchen)
  await db.from('work_items').where('id', opening).update({ finished_on: '2022-02-28' })
  const day = addDays(clock.today(), -7)
  await db.table('forecast_days').multiInsert([
    { day, item_id: kitchen, finish: '2022-03-31', light: 'green' },
    { day, item_id: build, finish: '2022-03-21', light: 'green' },
  ])
  const late = await givenTask(city, { dueOn: '2022-03-31', title: '安排专项资金' })
  await db.from('task_parts').where('id', late.lead.id).update({ due_on: '2022-03-01' })
  await givenTask(city, { dueOn: '2022-06-30', leadUnitId: city.personnel, title: '岗位设置' })
  return { city, plan, opening, kitchen, build, late }
}
