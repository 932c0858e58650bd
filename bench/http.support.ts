import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/** Of the accounts that `tests/support/givens.ts` makes. */
export const PASSWORD = 'Correct-Horse-9-Battery'

/** Environment of a process on a SQLite file of its own, with its sessions in it. */
export function environment(mode: 'test' | 'production', database: string, port: string) {
  const settings = parseEnv(readFileSync(new URL('../.env.test', import.meta.url), 'utf8'))
  return {
    ...process.env,
    ...settings,
    NODE_ENV: mode,
    SESSION_DRIVER: 'database',
    DB_CONNECTION: 'sqlite',
    DB_FILE: database,
    PORT: port,
  }
}

/** As a browser does it: the form with its token, then the cookie of the session. */
export async function signIn(
  url: string,
  username: string,
  { address = '127.0.0.1', password = PASSWORD } = {}
) {
  const headers = { 'x-forwarded-for': address }
  const form = await fetch(`${url}/accounts/sign-in`, { headers })
  const answer = await fetch(`${url}/accounts/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...headers, cookie: cookies(form) },
    body: new URLSearchParams({ _csrf: token(await form.text()), username, password }),
  })
  if (answer.status !== 302) throw new Error(`sign-in of ${username}: ${answer.status}`)
  return cookies(answer)
}

export function token(html: string): string {
  return /name=['"]_csrf['"][^>]*value=['"]([^'"]+)/.exec(html)![1]
}

export function cookies(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
