/** One job a move: the version that the move started from makes it its own. */
export function jobKey(verb: 'check' | 'commit', { id, version }: { id: number; version: number }) {
  return `imports.${verb}:${id}:${version}`
}
