import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import type { CheckFinding } from '#shared/ports/db_checks'
import { meanScore, totalScore } from '../domain/scoring.js'
import { recruitmentList } from './recruitments.js'
import { applicationList } from './applications.js'
import { entriesOf, scoreChangesOf } from './scores.js'

const CHECK = 'recruitment'

/** Seats used by a plan's requests are its people in assignments; totals follow from the scores. */
export async function checkRecruitments(): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  const say = (detail: string) => findings.push({ check: CHECK, detail })
  const used = await db
    .from('recruitment_posts as p')
    .join('quota_requests as q', 'q.id', 'p.quota_request_id')
    .select('p.id', 'q.used')
    .select(
      db
        .from('recruitment_applications as a')
        .whereColumn('a.recruitment_post_id', 'p.id')
        .where('a.state', 'hired')
        .count('*')
        .as('hired')
    )
  for (const row of used) {
    if (toInt(row.used) !== toInt(row.hired)) {
      say(`recruitment_posts ${row.id}: used ${row.used}, hired ${row.hired}`)
    }
  }
  for (const plan of await recruitmentList({ units: 'all' })) {
    if (!plan.interviewClosedAt) continue
    const entries = await entriesOf(plan.id, 'interview')
    const firsts = entries.filter(({ entry }) => entry === 1)
    const changed = new Set(
      (await scoreChangesOf(plan.id))
        .filter(({ state, stage }) => state === 'approved' && stage === 'interview')
        .map(({ applicationId }) => applicationId)
    )
    for (const one of await applicationList({ recruitmentId: plan.id })) {
      if (!one.ticketNo) continue
      const given = firsts
        .map(({ scores }) => scores.get(one.id))
        .filter((score): score is number => typeof score === 'number')
      const mean = meanScore(given, plan.dropExtremes)
      if (!changed.has(one.id) && one.shortlisted && mean !== one.interviewScore) {
        say(`recruitment_applications ${one.id}: interview ${one.interviewScore}, papers ${mean}`)
      }
      const total = totalScore(one.writtenScore, one.interviewScore, plan.writtenWeight)
      if (total !== one.totalScore) {
        say(`recruitment_applications ${one.id}: total ${one.totalScore}, scores ${total}`)
      }
    }
  }
  return findings
}
