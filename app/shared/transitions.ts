import { clock } from '#shared/clock'
import { MoveError } from '#shared/errors'
import { toInt, type Row, type Trx } from '#shared/database'

/** verb → the states it may start from and the one it leads to. Lives in a module's `domain/`. */
export type Transitions<State extends string, Verb extends string> = Record<
  Verb,
  { from: readonly State[]; to: State }
>

/** The verbs that the table allows in this state. */
export function verbsFrom<State extends string, Verb extends string>(
  table: Transitions<State, Verb>,
  state: State
): Verb[] {
  return (Object.keys(table) as Verb[]).filter((verb) => table[verb].from.includes(state))
}

/**
 * Moves a record by one guarded UPDATE: only from an allowed state and the version that was read.
 * Two at once: one wins, the other gets MoveError. Returns the new state.
 */
export async function moveState<State extends string, Verb extends string>(
  trx: Trx,
  name: string,
  record: { id: number; version: number },
  table: Transitions<State, Verb>,
  verb: Verb,
  values: Row = {}
): Promise<State> {
  const { from, to } = table[verb]
  const changed = await trx
    .from(name)
    .where({ id: record.id, version: record.version })
    .whereIn('state', from as unknown as string[])
    .update({ ...values, state: to, version: record.version + 1, updated_at: clock.now() })
  if (toInt(changed) !== 1) throw new MoveError({ id: record.id, verb })
  return to
}
