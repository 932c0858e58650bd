import { dbChecksPort, type CheckFinding } from '#shared/ports/db_checks'
import { danglingReferences } from './references.js'
import { missingFiles } from './stored_files.js'

export interface CheckResult {
  name: string
  findings: CheckFinding[]
}

/** Everything `node ace db:check` looks at: references, stored files, and what each module registered. */
export async function runChecks(): Promise<CheckResult[]> {
  return [
    { name: 'references', findings: await danglingReferences() },
    { name: 'files', findings: await missingFiles() },
    ...(await dbChecksPort.run()),
  ]
}
