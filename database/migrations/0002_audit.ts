import { BaseSchema } from '@adonisjs/lucid/schema'
import { moment } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('audit_events', (table) => {
      table.increments('id')
      table.string('uid', 36).notNullable().unique()
      moment(table, 'occurred_at').notNullable().index()
      table.integer('actor_id').unsigned().nullable().index()
      table.string('actor_name', 120).notNullable()
      table.string('on_behalf_of', 120).nullable()
      table.string('action', 120).notNullable().index()
      table.string('subject_type', 60).notNullable()
      table.integer('subject_id').unsigned().nullable()
      table.string('request_id', 80).nullable()
      table.text('changes', 'longtext').notNullable()
      table.string('content_hash', 64).notNullable()
      table.integer('sequence').unsigned().nullable().unique()
      table.string('previous_hash', 64).nullable()
      table.string('hash', 64).nullable()
      moment(table, 'sealed_at').nullable()
      table.index(['subject_type', 'subject_id'])
    })

    this.schema.createTable('audit_heads', (table) => {
      table.integer('id').unsigned().primary()
      table.integer('sequence').unsigned().notNullable()
      table.string('hash', 64).notNullable()
      moment(table, 'sealed_at').notNullable()
    })

    this.defer(async (db) => {
      await db.table('audit_heads').insert({
        id: 1,
        sequence: 0,
        hash: '0'.repeat(64),
        sealed_at: '2000-01-01 00:00:00.000',
      })
    })
  }

  async down() {
    this.schema.dropTable('audit_heads')
    this.schema.dropTable('audit_events')
  }
}
