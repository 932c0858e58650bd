import { inboxPort } from '#shared/ports/inbox'
import { decisionInbox } from './queries/decision_inbox.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerDecisions() {
  inboxPort.register(decisionInbox)
}
