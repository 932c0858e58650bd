import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { itemsWithTasksCompleted, type CompletedTasks } from '../queries/tasks.js'
import { insertEvidence } from './evidence.js'
import { holdItem } from './observe.js'

/**
 * Where every task of an item is completed, that is evidence: handed in by nobody, to be accepted
 * like any other. Once a completion; safe to run twice. Returns how many were handed in.
 */
export async function observeTasks(): Promise<number> {
  let handedIn = 0
  for (const completed of await itemsWithTasksCompleted()) {
    if (await inTransaction((trx) => handIn(trx, completed))) handedIn++
  }
  return handedIn
}

async function handIn(trx: Trx, { itemId, numbers, completedOn }: CompletedTasks) {
  await holdItem(trx, itemId)
  const live = await trx.from('work_evidence').where({ item_id: itemId, live: 1 }).first()
  const before = await trx
    .from('work_evidence')
    .where({ item_id: itemId, source: 'tasks' })
    .where('happened_on', '>=', completedOn)
    .first()
  if (live || before) return false
  const actor = Actor.system()
  const text = numbers.join('、').slice(0, 1_000)
  const input = { itemId, happenedOn: completedOn, text, documentId: null }
  await insertEvidence(trx, actor, input, 'tasks')
  await record(trx, actor, {
    action: 'programme.evidence.submitted',
    subjectType: 'work_item',
    subjectId: itemId,
    changes: { text, on: completedOn },
  })
  return true
}
