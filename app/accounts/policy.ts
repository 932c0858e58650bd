import env from '#start/env'
import { POLICIES, type PasswordPolicy } from './domain/password_policy.js'

/** The policy this installation runs under (PASSWORD_POLICY). */
export function passwordPolicy(): PasswordPolicy {
  return POLICIES[env.get('PASSWORD_POLICY', 'mlps')]
}
