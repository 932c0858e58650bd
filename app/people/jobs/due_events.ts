import logger from '@adonisjs/core/services/logger'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import { executeEvent } from '../actions/execute_event.js'
import { dueEvents } from '../queries/events.js'

/** Does the approved events whose date has come. One that is refused stays approved and in the inbox. */
export async function runDueEvents(): Promise<number> {
  let done = 0
  for (const eventId of await dueEvents(clock.today())) {
    try {
      await executeEvent({ eventId }, Actor.system())
      done += 1
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      logger.warn({ eventId, reason: error.key }, 'personnel event stays open')
    }
  }
  return done
}
