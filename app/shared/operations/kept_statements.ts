const MOST = 1_000
const KEEPABLE = /^\s*(select|insert|update|delete|with)\b/i
const EQUALS_A_VALUE = /(?<![<>!]\s*)=\s*\?/g

/**
 * SQLite's statements prepared once: knex prepares each anew, and the driver then writes and compiles
 * a function for its rows, which together cost more than most queries. After a change of the schema
 * SQLite prepares a kept one again by itself and the driver its function.
 *
 * Where tables are joined, SQLite looks at the value of `column = ?` to guess how many rows it leaves,
 * and from then on prepares the statement anew at every binding, which costs more than to run it. It
 * does not look through a sign: `= +?` is the same value.
 */
export function keepStatements(connection: any) {
  const prepare = connection.prepare.bind(connection)
  const kept = new Map<string, unknown>()
  connection.prepare = (sql: string) => {
    const known = kept.get(sql)
    if (known) return known
    const statement = prepare(sql.replace(EQUALS_A_VALUE, '= +?'))
    if (!KEEPABLE.test(sql)) return statement
    if (kept.size >= MOST) kept.delete(kept.keys().next().value!)
    kept.set(sql, statement)
    return statement
  }
}
