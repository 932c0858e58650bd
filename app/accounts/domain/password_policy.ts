/** Named policies (docs/security.md): 等保 2.0 wants composition and rotation, OWASP ASVS 5 forbids both. */
export interface PasswordPolicy {
  minLength: number
  /** How many of lower, upper, digit, other must occur; 0: none asked. */
  classes: number
  /** Days until a change is forced; null: never. */
  maxAgeDays: number | null
  /** How many earlier passwords may not come back. */
  history: number
  failuresUntilLock: number
  lockMinutes: number
}

export const POLICIES: Record<'mlps' | 'asvs', PasswordPolicy> = {
  mlps: {
    minLength: 10,
    classes: 3,
    maxAgeDays: 90,
    history: 5,
    failuresUntilLock: 5,
    lockMinutes: 30,
  },
  asvs: {
    minLength: 12,
    classes: 0,
    maxAgeDays: null,
    history: 0,
    failuresUntilLock: 10,
    lockMinutes: 15,
  },
}

export const MAX_LENGTH = 128

/** An initial password opens for this many days; then the slip is waste paper and a reset is asked for. */
export const INITIAL_DAYS = 30

export type PasswordProblem =
  'too_short' | 'too_long' | 'too_simple' | 'common' | 'contains_name' | 'repeated'

/** Stems of the most guessed passwords: whatever is one of them plus a few signs is refused. */
const COMMON = [
  'password',
  'passw0rd',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r5t',
  '1qaz2wsx',
  'q1w2e3r4',
  'iloveyou',
  'woaini',
  'wodemima',
  'administrator',
  'admin',
  'welcome',
  'letmein',
  'abc123',
  'abcd1234',
  'aa123456',
  'a123456',
  '123456789',
  '12345678',
  '123456',
  '87654321',
  '5201314',
  '11111111',
  '88888888',
  '66666666',
  '00000000',
  '147258369',
  '123123',
  '112233',
  '654321',
  'dragon',
  'monkey',
  'football',
  'superman',
  'sunshine',
  'princess',
  'changeme',
  'rongmeiti',
  'ronghe',
]

/** What is wrong with a new password under a policy; empty: nothing. */
export function passwordProblems(
  password: string,
  policy: PasswordPolicy,
  names: string[]
): PasswordProblem[] {
  const problems: PasswordProblem[] = []
  const lower = password.toLowerCase()
  if ([...password].length < policy.minLength) problems.push('too_short')
  if ([...password].length > MAX_LENGTH) problems.push('too_long')
  if (classesIn(password) < policy.classes) problems.push('too_simple')
  if (isCommon(lower)) problems.push('common')
  if (new Set(password).size < 5) problems.push('repeated')
  const own = names.map((name) => name.toLowerCase()).filter((name) => name.length >= 3)
  if (own.some((name) => lower.includes(name))) problems.push('contains_name')
  return problems
}

function classesIn(password: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length
}

function isCommon(lower: string): boolean {
  return COMMON.some((stem) => lower.includes(stem) && lower.length - stem.length <= 4)
}

/** True when the policy's age is over; moments in UTC text compare as text. */
export function isExpired(
  changedOn: string | null,
  today: string,
  policy: PasswordPolicy
): boolean {
  if (policy.maxAgeDays === null || changedOn === null) return false
  const days = (Date.parse(today) - Date.parse(changedOn)) / 86_400_000
  return days > policy.maxAgeDays
}
