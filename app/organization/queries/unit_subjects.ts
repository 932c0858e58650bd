import type { SubjectSource } from '#decisions/subjects'
import { livingUnits, unitsByIds } from './units.js'

/** Units as decisions name them and choose from them. */
export const unitSubjects: SubjectSource = {
  capability: 'organization.view',
  async names(ids, client) {
    const units = await unitsByIds(ids, client)
    return new Map(
      [...units].map(([id, { name }]) => [id, { name, url: `/organization/units/${id}` }])
    )
  },
  async options() {
    return (await livingUnits()).map(({ id, name }) => ({ value: id, label: name }))
  },
}
