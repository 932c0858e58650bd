import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const Runner: any = require('knex/lib/execution/runner.js')

/** Methods of a knex builder that write nothing. */
const READS = new Set(['select', 'first', 'pluck'])

/**
 * SQLite answers while it is asked, so a read outside of a transaction needs no place in the queue
 * for the connection: when nobody holds it, it is read on the spot. While a transaction does, the
 * read waits for its turn as before. Half of what the way through the pool costs goes with it.
 * `limit` is written into the statement: SQLite prepares one with `limit ?` anew at each use, for its
 * plan may depend on the number.
 */
export function readDirectly(client: any) {
  class DirectRunner extends Runner {
    async run() {
      const { builder } = this as any
      const connection = client.pool?.free[0]?.resource
      const direct = connection && READS.has(builder._method) && !builder._connection
      if (!direct) return super.run()
      const query = builder.toSQL()
      builder.emit('query', query)
      const response = await client.query(connection, query)
      return client.postProcessResponse(client.processResponse(response, this))
    }
  }
  client.runner = (builder: unknown) => Reflect.construct(DirectRunner, [client, builder])
  const compiler = client.queryCompiler.bind(client)
  client.queryCompiler = (builder: any, bindings: unknown[]) => {
    const { skipBinding } = builder._single ?? {}
    if (skipBinding) skipBinding.limit = true
    return compiler(builder, bindings)
  }
}
