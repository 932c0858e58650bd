import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /**
     * 个人所得税税率表 from a month on, by its document: a draft is tried on a year of real people's
     * pay before another person lets it take effect; then it is never changed, only followed.
     */
    this.schema.createTable('pay_tax_scales', (table) => {
      table.increments('id')
      /** First day of a payment month. */
      table.date('valid_from').notNullable()
      /** As JSON: up to (fen, null: no end) and percent; quick deductions follow from them. */
      table.text('steps').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      /** draft, effective, dropped */
      table.string('state', 12).notNullable()
      /** What trying it on real people gave, as JSON. */
      table.text('trial').nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      editable(table)
      flagWhen(table, 'live', "state = 'effective'")
      table.unique(['valid_from', 'live'], { indexName: 'pay_tax_scales_once' })
      table.check("state <> 'effective' or trial is not null", {}, 'pay_tax_scales_tried')
      table.check('decided_by is null or decided_by <> prepared_by', {}, 'pay_tax_scales_two')
    })
  }

  async down() {
    this.schema.dropTable('pay_tax_scales')
  }
}
