/** The page that a role lands on. */
export type Landing = 'cockpit' | 'unit' | 'inspection' | 'desk'

interface Asked {
  hasRole(...roles: string[]): boolean
}

/** Leadership and its office see the reform, liaisons what their unit owes, the inspector the freeze. */
export function landingOf(actor: Asked): Landing {
  if (actor.hasRole('leadership', 'leading_group_office')) return 'cockpit'
  if (actor.hasRole('liaison')) return 'unit'
  if (actor.hasRole('discipline_inspector')) return 'inspection'
  return 'desk'
}
