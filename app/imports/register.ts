import { registerJob } from '#shared/jobs/registry'
import { inboxPort } from '#shared/ports/inbox'
import { recordSourcesPort } from '#shared/ports/record_sources'
import { checkImport } from './actions/check_import.js'
import { commitJob } from './actions/commit_import.js'
import { importsInbox } from './queries/imports_inbox.js'
import { importSource } from './queries/record_source.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerImports() {
  registerJob<{ importId: number }>('imports.check', ({ payload, progress }) =>
    checkImport(payload.importId, progress)
  )
  registerJob('imports.commit', commitJob)
  inboxPort.register(importsInbox)
  recordSourcesPort.register(importSource)
}
