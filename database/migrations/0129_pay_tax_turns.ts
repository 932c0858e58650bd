import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    /**
     * One row, counted on by every release of a run and every approval of a tax table: what one of
     * them looked at is still so when it commits, or it begins anew.
     */
    this.schema.createTable('pay_tax_turns', (table) => {
      table.integer('id').unsigned().primary()
      table.integer('turn').unsigned().notNullable()
    })
    this.defer(async (db) => {
      await db.table('pay_tax_turns').insert({ id: 1, turn: 0 })
    })
  }

  async down() {
    this.schema.dropTable('pay_tax_turns')
  }
}
