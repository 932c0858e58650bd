import db from '@adonisjs/lucid/services/db'
import { refuse } from '../guards.js'

/**
 * Who a form names as holder of a post: an account, whose person it then is, or a name of somebody
 * without one. Neither: nobody.
 */
export async function holderFrom(form: {
  user_id?: number | null
  name?: string | null
}): Promise<{ personId: number | null; name: string } | null> {
  if (!form.user_id) return form.name ? { personId: null, name: form.name } : null
  const user = await db.from('users').where({ id: form.user_id, state: 'active' }).first()
  if (!user) return refuse('user_id', 'unknown_account')
  return { personId: user.person_id === null ? null : Number(user.person_id), name: user.name }
}
