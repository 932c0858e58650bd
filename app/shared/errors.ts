import type { Subject } from '#shared/ports/last_change'
import { Exception } from '@adonisjs/core/exceptions'

export type ErrorParams = Record<string, string | number | null>

export interface FieldError {
  field: string
  /** Translation key below `errors.` or a full key of a module. */
  code: string
  params?: ErrorParams
}

/**
 * An expected refusal: the user is told what, where and why in his language, nothing was changed.
 * `code` is a translation key (`<module>.errors.<name>`); `params` fill its places.
 */
export class DomainError extends Exception {
  static status = 422

  constructor(
    readonly key: string,
    readonly params: ErrorParams = {},
    readonly fields: FieldError[] = []
  ) {
    super(key, { status: 422, code: 'E_DOMAIN' })
  }
}

export type Refuse = (field: string, name: string, params?: ErrorParams) => never

/** The refusal of one field of a form, with the message `<module>.errors.<name>`. */
export function refusing(module: string): Refuse {
  return (field, name, params = {}) => {
    const code = `${module}.errors.${name}`
    throw new DomainError(code, params, [{ field, code, params }])
  }
}

/**
 * A record changed since the page was loaded: the save is refused and the typed text kept. With the
 * record as the log names it, the message says who changed it, when and what.
 */
export class StaleError extends DomainError {
  constructor(
    params: ErrorParams = {},
    readonly subject: Subject | null = null
  ) {
    super('shared.errors.stale', params)
    this.status = 409
    this.code = 'E_STALE'
  }
}

/** The state machine does not allow this move now. */
export class MoveError extends DomainError {
  constructor(params: ErrorParams = {}) {
    super('shared.errors.move', params)
    this.status = 409
    this.code = 'E_MOVE'
  }
}

/** The actor may not do this; the refusal is audited. */
export class ForbiddenError extends Exception {
  static status = 403
  constructor(readonly capability: string) {
    super(`Not allowed: ${capability}`, { status: 403, code: 'E_FORBIDDEN' })
  }
}

export class NotFoundError extends Exception {
  static status = 404
  constructor(what: string) {
    super(`Not found: ${what}`, { status: 404, code: 'E_ROW_NOT_FOUND' })
  }
}
