import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { importsPort } from '#shared/ports/imports'
import { importRecord } from './import_row.js'

/** Uploads that wait for the one who made them: to be confirmed, to be committed, to be run again. */
export async function importsInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.userId || !actor.may('imports.run')) return []
  const rows = await db
    .from('imports')
    .where('created_by', actor.userId)
    .whereIn('state', ['uploaded', 'checked'])
    .orderBy('id', 'desc')
  return rows.map(importRecord).map((record) => ({
    id: `import-${record.id}`,
    kind: 'import',
    title: t(`imports.inbox.${record.state}`, { file: record.fileName }),
    detail: t(importsPort.find(record.definition)?.titleKey ?? record.definition),
    url: `/imports/${record.id}`,
    due: null,
    blocked: record.error !== null,
  }))
}
