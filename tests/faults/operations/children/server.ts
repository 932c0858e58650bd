/**
 * A web process of the application with a few routes more: one that waits, one that writes, some
 * that fail. The tests start, signal and stop it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { existsSync } from 'node:fs'
import { createIgnitor } from '../../../../bin/ignitor.js'

const ignitor = createIgnitor().tap((app) => {
  app.starting(async () => {
    // First: the generated types list routes in the order in which they were made.
    await import('#start/routes')
    const { default: router } = await import('@adonisjs/core/services/router')
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { once } = await import('#shared/once')

    /** Answers when the file exists. */
    router.get('/faults/wait', async ({ request, response }) => {
      process.send?.('waiting')
      while (!existsSync(request.qs().file)) await sleep(20)
      return response.send('done')
    })

    router.get('/faults/database', async ({ response }) => {
      await db.from('settings').first()
      return response.send('answered')
    })

    router.get('/faults/write', async ({ request, response }) => {
      const name = request.qs().key
      const row = { name, valid_from: '2026-01-01', value: '1', version: 1 }
      await once(name, 'faults.write', null, (trx) =>
        trx.table('settings').insert({ ...row, created_at: '2026-01-01 00:00:00.000' })
      )
      return response.send('written')
    })

    /** A person's identity number in every place where drivers put bound values. */
    router.get('/faults/driver', () => {
      const sql = "insert into persons (identity_no) values ('11010519491231002X')"
      const text = "Duplicate entry '11010519491231002X' for key 'persons.identity_no'"
      const error = new Error(`${sql} - ${text}`)
      const bindings = ['11010519491231002X']
      Object.assign(error, { code: 'ER_DUP_ENTRY', sql, sqlMessage: text, bindings })
      // Whoever looks at the stack before (a driver, a tracer) fixes the message in its first line.
      if (error.stack) throw error
    })

    /** The same, made by the database itself. */
    router.get('/faults/duplicate', async () => {
      const row = { valid_from: '2026-01-01', value: '1', version: 1, name: '11010519491231002X' }
      for (const count of [1, 2]) {
        await db.table('settings').insert({ ...row, created_at: `2026-01-01 00:00:0${count}.000` })
      }
    })
  })
})

await ignitor.httpServer().start()
