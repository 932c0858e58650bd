import { record } from './actions/record.js'
import { sealEvents } from './actions/seal.js'
import { verifyChain } from './queries/verify_chain.js'
import { auditInbox } from './queries/audit_inbox.js'
import { lastChangeOf } from './queries/last_change.js'
import { anchoredHeads } from './queries/anchored_heads.js'
import { inTransaction } from '#shared/database'
import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { dbChecksPort } from '#shared/ports/db_checks'
import { inboxPort } from '#shared/ports/inbox'
import { lastChangePort } from '#shared/ports/last_change'
import { refusals } from '#shared/ports/refusals'

export function registerAudit() {
  registerJob('audit.seal', () => sealEvents())
  scheduleJob('audit.seal', 60)

  inboxPort.register(auditInbox)
  lastChangePort.register(lastChangeOf)

  refusals.listen((actor, capability, url) =>
    inTransaction((trx) =>
      record(trx, actor, {
        action: 'audit.access.refused',
        subjectType: 'user',
        subjectId: actor.userId,
        changes: { capability, url: url.slice(0, 200) },
      })
    )
  )

  dbChecksPort.register('audit', async () => {
    const findings = await verifyChain(await anchoredHeads())
    return findings.map(({ problem, sequence, id }) => ({
      check: `audit.${problem}`,
      detail: `sequence ${sequence ?? '-'}, row ${id ?? '-'}`,
    }))
  })
}
