import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('scorecard_changes', (table) => {
      /** Figures that a correction changed, as JSON: name, before, after. */
      table.text('figures').nullable()
    })
  }

  async down() {
    this.schema.alterTable('scorecard_changes', (table) => {
      table.dropColumn('figures')
    })
  }
}
