import { BaseSchema } from '@adonisjs/lucid/schema'
import { flagWhen, moment } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /** A method put down wrongly is withdrawn by another person; it stays on record, its day is free. */
    this.schema.alterTable('pay_methods', (table) => {
      table.integer('withdrawn_by').unsigned().nullable()
      moment(table, 'withdrawn_at').nullable()
      table.string('withdrawn_because', 500).nullable()
      flagWhen(table, 'live', 'withdrawn_at is null')
      table.unique(['unit_id', 'valid_from', 'live'])
      table.dropUnique(['unit_id', 'valid_from'])
    })
  }

  async down() {
    this.defer(async (db) => {
      await db.from('pay_methods').whereNotNull('withdrawn_at').delete()
    })
    this.schema.alterTable('pay_methods', (table) => {
      table.unique(['unit_id', 'valid_from'])
      table.dropUnique(['unit_id', 'valid_from', 'live'])
      for (const column of ['live', 'withdrawn_because', 'withdrawn_at', 'withdrawn_by']) {
        table.dropColumn(column)
      }
    })
  }
}
