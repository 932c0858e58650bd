import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('review_cycles', (table) => {
      /** Counts who held the cycle: a transaction that read before it had the turn begins anew. */
      table.integer('turn').unsigned().notNullable().defaultTo(0)
    })
  }

  async down() {
    this.schema.alterTable('review_cycles', (table) => {
      table.dropColumn('turn')
    })
  }
}
