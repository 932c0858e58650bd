import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /** Two records that look alike and are two people: somebody has looked, nobody is asked again. */
    this.schema.createTable('person_distinctions', (table) => {
      table.increments('id')
      reference(table, 'first_id', 'persons').notNullable()
      reference(table, 'second_id', 'persons').notNullable()
      table.string('reason', 500).notNullable()
      table.integer('created_by').unsigned().nullable()
      moment(table, 'undone_at').nullable()
      table.integer('undone_by').unsigned().nullable()
      flagWhen(table, 'live', 'undone_at is null')
      table.unique(['first_id', 'second_id', 'live'])
      editable(table)
    })
  }

  async down() {
    this.schema.dropTable('person_distinctions')
  }
}
