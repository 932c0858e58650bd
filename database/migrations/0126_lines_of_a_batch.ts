import { BaseSchema } from '@adonisjs/lucid/schema'

/** People and blocked lines of every batch are counted from the index alone. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('transfer_lines', (table) => {
      table.index(['batch_id', 'verdict', 'kind'])
      table.dropIndex(['batch_id', 'verdict'])
    })
  }

  async down() {
    this.schema.alterTable('transfer_lines', (table) => {
      table.index(['batch_id', 'verdict'])
      table.dropIndex(['batch_id', 'verdict', 'kind'])
    })
  }
}
