import type { HttpContext } from '@adonisjs/core/http'
import type { approveDifference } from '../actions/differences.js'
import { versionValidator } from '../validators.js'

export type Decide = typeof approveDifference

interface Paper {
  id: number
  unitId: number
  differenceId: number
}

/** Approves or returns a difference or a settlement of it, and shows the difference. */
export async function decidePaper(
  { actor, request, response, session, i18n }: HttpContext,
  { id, unitId, differenceId }: Paper,
  action: Decide,
  done: string
) {
  const grant = actor!.authorize('pay.approve', { unitId })
  const { version } = await request.validateUsing(versionValidator)
  await action({ id, version, grant }, actor!)
  session.flash('success', i18n.t(`pay.done.${done}`))
  return response.redirect().toRoute('pay.differences.show', { id: differenceId })
}
