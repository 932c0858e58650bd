/** The class that a scheme is for; null means every. */
export interface SchemeClass {
  nature: string | null
  category: string | null
  employmentType: string | null
}

/** The scheme that says most about somebody's class; the first of equals. Null when none fits. */
export function schemeFor<Scheme extends SchemeClass>(
  schemes: readonly Scheme[],
  person: { nature: string | null; category: string | null; employmentType: string }
): Scheme | null {
  let best: Scheme | null = null
  for (const scheme of schemes) {
    const named = [
      [scheme.nature, person.nature],
      [scheme.category, person.category],
      [scheme.employmentType, person.employmentType],
    ].filter(([wanted]) => wanted !== null)
    if (named.some(([wanted, found]) => wanted !== found)) continue
    if (best === null || named.length > namedIn(best)) best = scheme
  }
  return best
}

const namedIn = ({ nature, category, employmentType }: SchemeClass) =>
  [nature, category, employmentType].filter((part) => part !== null).length
