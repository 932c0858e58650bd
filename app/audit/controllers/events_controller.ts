import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { civilTime, clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { sendRegister } from '#shared/downloads'
import { record } from '../actions/record.js'
import { eachEvent, listEvents, type EventFilter, type EventRow } from '../queries/list_events.js'

export default class EventsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('audit.read')
    const filter = filterOf(request.qs())
    const head = await db.from('audit_heads').where('id', 1).first()
    const [{ waiting }] = await db.from('audit_events').whereNull('sequence').count('* as waiting')
    return view.render('pages/audit/events', {
      filter,
      page: await listEvents(filter, request.qs().cursor ?? null),
      head: {
        sequence: Number(head.sequence),
        hash: head.hash,
        at: civilTime(head.sealed_at),
        waiting: Number(waiting),
      },
    })
  }

  /** Exactly what is filtered; the export itself is an event. */
  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    actor!.authorize('audit.export')
    const filter = filterOf(request.qs())
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'audit.events.exported',
        subjectType: 'user',
        subjectId: actor!.userId,
        changes: { ...filter },
      })
    )
    const columns = [
      'sequence',
      'at',
      'actor',
      'on_behalf_of',
      'action',
      'subject',
      'request',
      'changes',
    ]
    return sendRegister(ctx, `audit-${clock.today()}.xlsx`, {
      sheets: [
        {
          name: i18n.t('audit.title'),
          columns: columns.map((name) => ({
            header: i18n.t(`audit.fields.${name}`),
            width: name === 'changes' ? 60 : 18,
            kind: name === 'sequence' ? ('number' as const) : ('text' as const),
          })),
          rows: exportRows(filter),
        },
      ],
    })
  }
}

async function* exportRows(filter: EventFilter) {
  for await (const event of eachEvent(filter)) yield cells(event)
}

function cells(event: EventRow) {
  return [
    event.sequence,
    event.at,
    event.actor,
    event.onBehalfOf ?? '',
    event.action,
    `${event.subjectType} ${event.subjectId ?? ''}`.trim(),
    event.requestId ?? '',
    JSON.stringify(event.changes),
  ]
}

function filterOf(qs: Record<string, any>): EventFilter {
  const text = (name: string) => (typeof qs[name] === 'string' && qs[name] ? qs[name] : undefined)
  return {
    text: text('q'),
    action: text('action'),
    subjectType: text('subject_type'),
    subjectId: Number(qs.subject_id) || undefined,
    from: text('from'),
    through: text('through'),
  }
}
