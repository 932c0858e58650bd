import { BaseSchema } from '@adonisjs/lucid/schema'
import { moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /**
     * What an incentive run keeps back for a person who is set aside: not shared out among the
     * others, it stays in the allotment for the next run of the period.
     */
    this.schema.createTable('pay_kept_shares', (table) => {
      table.increments('id')
      reference(table, 'run_id', 'pay_runs').notNullable()
      reference(table, 'person_id', 'persons').notNullable()
      table.bigInteger('amount_fen').notNullable()
      table.string('reason', 500).notNullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.unique(['run_id', 'person_id'])
      table.check('amount_fen >= 0', {}, 'pay_kept_shares_amount')
    })
    this.schema.alterTable('pay_runs', (table) => {
      table.bigInteger('kept_fen').notNullable().defaultTo(0)
    })
  }

  async down() {
    this.schema.alterTable('pay_runs', (table) => {
      table.dropColumn('kept_fen')
    })
    this.schema.dropTable('pay_kept_shares')
  }
}
