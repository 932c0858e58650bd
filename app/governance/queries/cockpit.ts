import type { Actor } from '#shared/actor'
import type { Light } from '../domain/tasks.js'
import { waitingExtensions, type ExtensionRow } from './extensions.js'
import { meetingsIn, type MeetingRow } from './meetings.js'
import { escalationsFor, type Escalation } from './notices.js'
import { countOwed, owedParts, withLights, type LitPartRow } from './parts.js'

export interface UnitLights {
  unitId: number
  unitName: string
  /** Open parts of assigned tasks by their light. */
  lights: Record<Light, number>
  total: number
}

/** Task lights by unit, the worst first: what every unit of these owes now. */
export async function taskLightsByUnit(units: 'all' | number[]): Promise<UnitLights[]> {
  const rows = new Map<number, UnitLights>()
  for (const { unitId, unitName, light, parts } of await countOwed(units)) {
    const row = rows.get(unitId) ?? {
      unitId,
      unitName,
      total: 0,
      lights: { red: 0, yellow: 0, green: 0, checking: 0, done: 0 },
    }
    row.lights[light] += parts
    row.total += parts
    rows.set(unitId, row)
  }
  return [...rows.values()].sort(
    (a, b) =>
      b.lights.red - a.lights.red ||
      b.lights.yellow - a.lights.yellow ||
      b.total - a.total ||
      a.unitId - b.unitId
  )
}

/** What a unit owes, until when. */
export async function unitOwes(unitId: number): Promise<LitPartRow[]> {
  return withLights(await owedParts({ units: [unitId] }))
}

export interface WaitingForPerson {
  escalations: Escalation[]
  extensions: ExtensionRow[]
  minutes: MeetingRow[]
}

/** What only this person can decide now: extensions, minutes to sign, escalations to take note of. */
export async function waitingForPerson(actor: Actor): Promise<WaitingForPerson> {
  const units = actor.unitsFor('governance.decide')
  return {
    escalations: await escalationsFor(actor),
    extensions: (await waitingExtensions(units)).filter(({ askedBy }) => askedBy !== actor.userId),
    minutes:
      units === 'all'
        ? (await meetingsIn(['submitted'])).filter(({ minutesBy }) => minutesBy !== actor.userId)
        : [],
  }
}
