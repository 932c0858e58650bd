import { grantsInForce } from '#accounts/queries/grants_in_force'

/** Accounts that hold a grant to score today. */
export async function usersForScoring(): Promise<Array<{ value: number; label: string }>> {
  const grants = await grantsInForce((query) =>
    query
      .join('users', 'users.id', 'grants.user_id')
      .whereIn('grants.role', ['department_manager', 'scorer'])
      .select('users.name as user_name')
  )
  const names = new Map(grants.map((row) => [Number(row.user_id), row.user_name as string]))
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => (a.label < b.label ? -1 : 1))
}
