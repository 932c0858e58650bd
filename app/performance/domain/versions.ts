export type VersionState = 'replaced' | 'future' | 'active' | 'ended'

/**
 * How dated versions of one thing stand on a day: of those that nothing has replaced, the one that
 * began last is in force, the ones before it have ended.
 */
export function versionStates<Version extends { validFrom: string; replaced: boolean }>(
  versions: readonly Version[],
  today: string
): Array<Version & { state: VersionState }> {
  const begun = versions.filter(({ replaced, validFrom }) => !replaced && validFrom <= today)
  const latest = begun.reduce((day, { validFrom }) => (validFrom > day ? validFrom : day), '')
  const stateOf = ({ replaced, validFrom }: Version): VersionState => {
    if (replaced) return 'replaced'
    if (validFrom > today) return 'future'
    return validFrom === latest ? 'active' : 'ended'
  }
  return versions.map((version) => ({ ...version, state: stateOf(version) }))
}
