/** One thing that does not add up; `detail` names table, row and both figures. */
export interface CheckFinding {
  check: string
  detail: string
}

type Check = () => Promise<CheckFinding[]>
const checks = new Map<string, Check>()

/** `node ace db:check` runs them all: balances from entries, references, the audit chain. */
export const dbChecksPort = {
  register(name: string, check: Check) {
    checks.set(name, check)
  },
  async run(): Promise<{ name: string; findings: CheckFinding[] }[]> {
    const results = []
    for (const [name, check] of checks) results.push({ name, findings: await check() })
    return results
  },
}
