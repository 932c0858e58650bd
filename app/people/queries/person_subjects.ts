import type { SubjectSource } from '#decisions/subjects'
import { personsByIds } from './person.js'

/** People as decisions name them. */
export const personSubjects: SubjectSource = {
  capability: 'people.view',
  async names(ids, client) {
    const persons = await personsByIds(ids, client)
    return new Map(persons.map(({ id, name }) => [id, { name, url: `/people/persons/${id}` }]))
  },
}
