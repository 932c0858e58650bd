import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /**
     * A recovery that no run takes: the person paid it back, or it is written off. Entered by one,
     * confirmed by another; only then it counts as settled.
     */
    this.schema.createTable('pay_settlements', (table) => {
      table.increments('id')
      reference(table, 'difference_id', 'pay_differences').notNullable()
      /** repaid, written_off */
      table.string('way', 12).notNullable()
      table.bigInteger('amount_fen').notNullable()
      table.date('settled_on').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.string('reason', 500).notNullable()
      /** submitted, approved, returned */
      table.string('state', 12).notNullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      editable(table)
      table.check('amount_fen > 0', {}, 'pay_settlements_amount')
      table.check('decided_by is null or decided_by <> prepared_by', {}, 'pay_settlements_two')
    })
  }

  async down() {
    this.schema.dropTable('pay_settlements')
  }
}
