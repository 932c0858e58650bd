import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * How many lines of a month that was paid the records would give otherwise and no difference says
 * yet, as last counted; NULL: not counted.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('pay_runs', (table) => {
      table.integer('open_changes').unsigned().nullable()
    })
  }

  async down() {
    this.schema.alterTable('pay_runs', (table) => {
      table.dropColumn('open_changes')
    })
  }
}
