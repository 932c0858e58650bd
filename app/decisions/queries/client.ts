import type db from '@adonisjs/lucid/services/db'
import type { Trx } from '#shared/database'

/** What a query may run on: the database, or the caller's transaction. */
export type Client = typeof db | Trx
