import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The further test is entered twice by two people, as every score is: the first entry waits here. The
 * contract has a last day, or none.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('recruitment_applications', (table) => {
      table.integer('extra_entered').unsigned().nullable()
      table.integer('extra_entered_by').unsigned().nullable()
      table.date('contract_to').nullable()
    })
  }

  async down() {
    this.schema.alterTable('recruitment_applications', (table) => {
      table.dropColumn('extra_entered')
      table.dropColumn('extra_entered_by')
      table.dropColumn('contract_to')
    })
  }
}
