import { BaseSchema } from '@adonisjs/lucid/schema'
import { moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /**
     * 绩效工资分配办法 of a unit from a day on, with the way it went: staff congress, leadership
     * meeting, supervising body, publicity. Never changed; another day has another row.
     */
    this.schema.createTable('pay_methods', (table) => {
      table.increments('id')
      reference(table, 'unit_id', 'units').notNullable()
      table.date('valid_from').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.date('congress_on').notNullable()
      table.date('meeting_on').notNullable()
      table.date('supervision_on').notNullable()
      table.string('supervision_document_no', 120).notNullable()
      table.date('publicity_from').notNullable()
      /** Its last day. */
      table.date('publicity_to').notNullable()
      table.integer('created_by').unsigned().nullable()
      moment(table, 'created_at').notNullable()
      table.unique(['unit_id', 'valid_from'])
      table.check(
        'congress_on <= meeting_on and meeting_on <= supervision_on and ' +
          'supervision_on <= publicity_from and publicity_from <= publicity_to',
        {},
        'pay_methods_order'
      )
    })
  }

  async down() {
    this.schema.dropTable('pay_methods')
  }
}
