import { ROLES, type Role } from '#shared/actor'
import type { Rows, Row } from './rows.js'
import type { Route } from './probe.js'

/** docs/permissions.md: what was declared and run, one table a module. */
export function permissionsDocument(
  parts: ReadonlyArray<readonly [string, Rows]>,
  routes: readonly Route[]
): string {
  const lines = [
    '# Permissions',
    '',
    'Every route against every role, as declared in `tests/functional/permissions` and run against',
    'the application. *Own* is a grant that reaches the unit of the record, *other* one over another',
    'unit, *all* one over everything, *self* the person whom the record is about, without a grant.',
    'Lists show a role its own reach only. Nothing else is allowed; who is not signed in is sent to',
    'the sign-in page.',
    '',
  ]
  for (const [module, { rows }] of parts) {
    lines.push(`## ${module}`, '', '| route | who | self |', '|---|---|---|')
    for (const route of routes.filter(({ name }) => name in rows)) {
      const row = rows[route.name]
      lines.push(
        `| ${route.method} \`${route.pattern}\` | ${who(row)} | ${row.self ? 'yes' : '–'} |`
      )
    }
    lines.push('')
  }
  return lines.join('\n')
}

const text = (list: readonly Role[]) => ROLES.filter((role) => list.includes(role)).join(', ')

function who(row: Row): string {
  const [own, other, all] = [text(row.own), text(row.other), text(row.all)]
  switch (shapeOf(row)) {
    case 'open':
      return 'everybody, without signing in'
    case 'everyone':
      return 'everybody signed in'
    case 'nobody':
      return 'nobody by a role'
    case 'anywhere':
      return own
    case 'inUnit':
      return `own unit: ${own}`
    case 'overAll':
      return `over all: ${all}`
    default:
      return `own: ${own || '–'}; other: ${other || '–'}; all: ${all || '–'}`
  }
}

function shapeOf(row: Row) {
  const [own, other, all] = [text(row.own), text(row.other), text(row.all)]
  if (row.anonymous) return 'open'
  if (row.other.length === ROLES.length) return 'everyone'
  if (!own && !other && !all) return 'nobody'
  if (own === other && own === all) return 'anywhere'
  if (own === all && !other) return 'inUnit'
  return !own && !other ? 'overAll' : 'mixed'
}

/** A row as it would be declared, from what was observed. */
export function declaration(row: Row): string {
  const shape = shapeOf(row)
  const list = (roles: readonly Role[]) => `'${text(roles).replaceAll(',', '')}'`
  const calls = {
    anywhere: `anywhere(${list(row.own)})`,
    inUnit: `inUnit(${list(row.own)})`,
    overAll: `overAll(${list(row.all)})`,
    mixed: `mixed(${list(row.own)}, ${list(row.other)}, ${list(row.all)})`,
    open: 'open',
    everyone: 'everyone',
    nobody: 'nobody',
  }
  const alone = shape === 'open' || shape === 'everyone'
  return row.self && !alone ? `orSelf(${calls[shape]})` : calls[shape]
}
