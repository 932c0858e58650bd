import { decisionSubjects } from '#decisions/subjects'
import { unitSubjects } from './queries/unit_subjects.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerOrganization() {
  decisionSubjects.register('unit', unitSubjects)
}
