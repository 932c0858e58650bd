import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { OperationError, operatorMessage } from './operation_error.js'

/**
 * Throws OperationError when this installation must not serve: its database has no tables or does
 * not answer, or it holds demo accounts (their password is public) without DEMO=true.
 */
export async function refuseToServe() {
  const demo = await db
    .from('users')
    .where({ demo: true, state: 'active' })
    .first()
    .catch((error) => {
      throw new OperationError(operatorMessage(error))
    })
  if (demo && !env.get('DEMO', false)) {
    throw new OperationError(
      'The database holds demo accounts, whose password is public. Use an empty database and `node ace setup`, or set DEMO=true for a demonstration.'
    )
  }
}
