/**
 * Ends a query that the database does not answer. mysql2 waits for ever on a frozen server, and its
 * own `timeout` leaves the connection in use behind the late answer; here the connection is thrown
 * away with it, so that the pool never hands it out again. Streams are not limited.
 */
export function limitQueries(connection: any, milliseconds: number) {
  const query = connection.query
  connection.query = function limited(...args: any[]) {
    const callback = args.at(-1)
    if (typeof callback !== 'function') return query.apply(connection, args)
    let answered = false
    const answer = (...results: any[]) => {
      if (answered) return
      answered = true
      clearTimeout(timer)
      callback(...results)
    }
    const timer = setTimeout(() => {
      connection.destroy()
      connection.stream?.destroy()
      answer(silentDatabase(milliseconds))
    }, milliseconds)
    return query.apply(connection, [...args.slice(0, -1), answer])
  }
}

/** Shown as the page for 503; carries neither statement nor values. */
function silentDatabase(milliseconds: number) {
  const error = new Error(`the database did not answer within ${milliseconds} ms`)
  return Object.assign(error, { code: 'E_DATABASE_SILENT', status: 503 })
}
