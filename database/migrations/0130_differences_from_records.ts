import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('pay_differences', (table) => {
      /** It says what the records of a day gave otherwise: when they give it no more, it goes back. */
      table.boolean('from_records').notNullable().defaultTo(false)
    })
  }

  async down() {
    this.schema.alterTable('pay_differences', (table) => {
      table.dropColumn('from_records')
    })
  }
}
