import type { Actor } from '#shared/actor'

type Listener = (actor: Actor, capability: string, url: string) => Promise<void>
let listener: Listener = async () => {}

/** Every refusal is audited; the error handler tells, `audit` writes. */
export const refusals = {
  listen(answer: Listener) {
    listener = answer
  },
  tell(actor: Actor, capability: string, url: string) {
    return listener(actor, capability, url)
  },
}
