import type { HttpContext } from '@adonisjs/core/http'
import type { ChoiceDraft } from './domain/preferences.js'

const MOST_FIELDS = 50

/**
 * Reads a choice from a form. By hand and not by a validator: what a refused form holds would go into
 * the session, in plain, and a choice must not.
 */
export function choiceFrom(request: HttpContext['request']): ChoiceDraft {
  const given = request.input('choices', [])
  const placement = request.input('accepts_placement')
  const fields = typeof given === 'string' ? [given] : Object.values(given ?? {})
  const list = fields.slice(0, MOST_FIELDS)
  return {
    posts: list
      .map((code) =>
        String(code ?? '')
          .trim()
          .slice(0, 40)
      )
      .filter(Boolean),
    acceptsPlacement: placement === 'yes' || (placement === 'no' ? false : null),
  }
}
