import type { City } from './city.js'

/** What the demo accounts did in this module, through its actions, each on its day. */
export async function tellDiscipline(_city: City): Promise<void> {}
