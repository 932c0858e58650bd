import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whom a delegate signed for: two signatures of a delegate and the absent person count as one. */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    this.schema.alterTable('transfer_approvals', (table) => {
      table.integer('on_behalf_of_id').unsigned().nullable()
    })
  }

  async down() {
    this.schema.alterTable('transfer_approvals', (table) => {
      table.dropColumn('on_behalf_of_id')
    })
  }
}
