import { DomainError } from '#shared/errors'

/** Runs all at once; the keys of the refusals, anything unexpected is thrown. */
export async function together(acts: (() => Promise<unknown>)[]): Promise<string[]> {
  const results = await Promise.allSettled(acts.map((act) => act()))
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return []
    if (!(result.reason instanceof DomainError)) throw result.reason
    return [result.reason.key]
  })
}
