import { dbChecksPort, type CheckFinding } from '#shared/ports/db_checks'
import { danglingReferences } from './references.js'
import { missingFiles } from './stored_files.js'

/** As many as one reads; the checks themselves find all of them. */
const PRINTED = 50

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

/** What an operator reads of one check: each finding on a line, and how many more there are. */
export function findingLines({ findings }: CheckResult): string[] {
  const lines = findings.slice(0, PRINTED).map(({ check, detail }) => `${check}: ${detail}`)
  const more = findings.length - lines.length
  return more > 0 ? [...lines, `and ${more} more`] : lines
}
