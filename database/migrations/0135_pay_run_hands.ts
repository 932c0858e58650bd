import { BaseSchema } from '@adonisjs/lucid/schema'
import { reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /**
     * Who had a hand in a run: opened, set up, computed or checked it, entered an amount, set
     * somebody aside. None of them approves or releases it.
     */
    this.schema.createTable('pay_run_hands', (table) => {
      table.increments('id')
      reference(table, 'run_id', 'pay_runs').notNullable()
      table.integer('user_id').unsigned().notNullable()
      table.unique(['run_id', 'user_id'])
    })
    this.defer(async (db) => {
      await db.rawQuery(
        `insert into pay_run_hands (run_id, user_id)
         select id, prepared_by from pay_runs where prepared_by is not null
         union select id, checked_by from pay_runs where checked_by is not null
         union select run_id, actor_id from pay_leader_amounts where actor_id is not null`
      )
    })
  }

  async down() {
    this.schema.dropTable('pay_run_hands')
  }
}
