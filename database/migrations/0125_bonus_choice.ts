import { BaseSchema } from '@adonisjs/lucid/schema'

/** A year-end bonus is taxed by itself or as income of its month, as the person chooses. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('wage_bases', (table) => {
      table.boolean('bonus_apart').notNullable().defaultTo(true)
    })
  }

  async down() {
    this.schema.alterTable('wage_bases', (table) => {
      table.dropColumn('bonus_apart')
    })
  }
}
