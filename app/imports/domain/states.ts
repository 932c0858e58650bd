import type { Transitions } from '#shared/transitions'

export type ImportState =
  'uploaded' | 'checking' | 'checked' | 'committing' | 'committed' | 'undone' | 'discarded'
export type ImportVerb =
  | 'check'
  | 'finish_check'
  | 'refuse_check'
  | 'commit'
  | 'finish_commit'
  | 'refuse_commit'
  | 'undo'
  | 'discard'

/**
 * The way of an import. `refuse_…` is what a job does that ends with an expected refusal: the import
 * goes back to where the user can mend the cause.
 */
export const IMPORT_MOVES: Transitions<ImportState, ImportVerb> = {
  check: { from: ['uploaded', 'checked'], to: 'checking' },
  finish_check: { from: ['checking'], to: 'checked' },
  refuse_check: { from: ['checking'], to: 'uploaded' },
  commit: { from: ['checked'], to: 'committing' },
  finish_commit: { from: ['committing'], to: 'committed' },
  refuse_commit: { from: ['committing'], to: 'checked' },
  undo: { from: ['committed'], to: 'undone' },
  discard: { from: ['uploaded', 'checked'], to: 'discarded' },
}
