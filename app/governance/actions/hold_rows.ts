import type { Trx } from '#shared/database'

/*
 * Each takes a row before anything is read, so that what depends on its state goes one after the
 * other: MySQL shows a transaction the others' work as it was at its first plain read.
 */

export async function holdTask(trx: Trx, taskId: number) {
  await trx.from('tasks').where('id', taskId).forUpdate().select('id')
}

/** The task of a part, and the part, in one locking read. */
export async function holdTaskOf(trx: Trx, partId: number) {
  await trx
    .from('task_parts as p')
    .join('tasks as t', 't.id', 'p.task_id')
    .where('p.id', partId)
    .forUpdate()
    .select('t.id')
}

/** The meeting with its agenda and its minutes. */
export async function holdAgenda(trx: Trx, meetingId: number) {
  await trx.from('meetings').where('id', meetingId).forUpdate().select('id')
}

/** The meeting that a point was resolved in. */
export async function holdAgendaOf(trx: Trx, resolutionId: number) {
  await trx
    .from('resolutions as r')
    .join('meetings as m', 'm.id', 'r.meeting_id')
    .where('r.id', resolutionId)
    .forUpdate()
    .select('m.id')
}
