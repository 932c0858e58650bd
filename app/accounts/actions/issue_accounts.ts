import hash from '@adonisjs/core/services/hash'
import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { randomCode } from '#shared/crypto'
import { insertRow, inTransaction, isUniqueViolation } from '#shared/database'
import { DomainError, ForbiddenError } from '#shared/errors'
import db from '@adonisjs/lucid/services/db'
import { withoutAccountOf, type PersonWithoutAccount } from '../queries/people_without_account.js'

/** One sealed slip: the only place where the initial password is ever written. */
export interface IssuedAccount {
  userId: number
  name: string
  username: string
  password: string
  unit: string
}

const AT_ONCE = 200

/**
 * Accounts for people who have none: user name from the pinyin, a random initial password that must
 * be changed, bound to the person. People with an account are left out. At most 200 at once.
 * Throws ForbiddenError, and issues none, when one of them is out of the actor's reach.
 */
export async function issueAccounts(personIds: number[], actor: Actor): Promise<IssuedAccount[]> {
  if (personIds.length > AT_ONCE) {
    throw new DomainError('accounts.errors.too_many_at_once', { limit: AT_ONCE })
  }
  const people = await withoutAccountOf(personIds)
  for (const person of people) authorizeIssue(actor, person)
  const issued: IssuedAccount[] = []
  for (const person of people) {
    const password = initialPassword()
    const hashed = await hash.make(password)
    const account = await createAccount(person, hashed, actor)
    if (account) issued.push({ ...account, password, name: person.name, unit: person.unit ?? '' })
  }
  return issued
}

/** People of the units that the grant reaches; who is employed nowhere, by a grant over all alone. */
function authorizeIssue(actor: Actor, { unitId }: PersonWithoutAccount) {
  const reach = actor.unitsFor('accounts.issue')
  if (reach === 'all') return
  if (unitId === null || !reach.includes(unitId)) throw new ForbiddenError('accounts.issue')
}

/** Always holds the classes that the stricter policy asks for. */
export function initialPassword(): string {
  return `${randomCode(4)}-${randomCode(4)}-${randomCode(4)}7a`
}

/** Null: somebody else has just issued one. */
async function createAccount(person: PersonWithoutAccount, hashed: string, actor: Actor) {
  const stem =
    person.namePinyin
      .replace(/[^a-z]/gi, '')
      .toLowerCase()
      .slice(0, 40) || 'user'
  for (let number = 0; ; number++) {
    const username = number === 0 ? stem : `${stem}${number + 1}`
    try {
      const userId = await inTransaction(async (trx) => {
        const id = await insertRow(trx, 'users', {
          username,
          name: person.name,
          person_id: person.id,
          password: hashed,
          must_change_password: true,
          password_changed_at: clock.now(),
          created_at: clock.now(),
          version: 1,
        })
        await record(trx, actor, {
          action: 'accounts.user.issued',
          subjectType: 'user',
          subjectId: id,
          changes: { username, personId: person.id },
        })
        return id
      })
      return { userId, username }
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      if (await db.from('users').where('person_id', person.id).first()) return null
    }
  }
}
