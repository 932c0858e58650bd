import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, moment } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    if (this.db.dialect.name === 'mysql') {
      // Codes compare byte by byte on both databases.
      this.schema.raw('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin')
    }

    this.schema.createTable('sessions', (table) => {
      table.string('id').primary()
      table.text('data', 'longtext').notNullable()
      table.string('user_id').nullable().index()
      table.dateTime('expires_at').notNullable().index()
    })

    this.schema.createTable('jobs', (table) => {
      table.increments('id')
      table.string('kind', 80).notNullable()
      table.string('job_key', 190).notNullable().unique()
      table.text('payload', 'longtext').notNullable()
      table.string('state', 20).notNullable()
      table.integer('progress_done').unsigned().notNullable().defaultTo(0)
      table.integer('progress_total').unsigned().notNullable().defaultTo(0)
      table.string('progress_note', 200).nullable()
      table.integer('attempts').unsigned().notNullable().defaultTo(0)
      table.integer('max_attempts').unsigned().notNullable().defaultTo(5)
      moment(table, 'run_after').notNullable()
      table.string('leased_by', 40).nullable()
      moment(table, 'leased_until').nullable()
      table.text('result', 'longtext').nullable()
      table.text('error').nullable()
      table.integer('created_by').unsigned().nullable()
      moment(table, 'created_at').notNullable()
      moment(table, 'started_at').nullable()
      moment(table, 'finished_at').nullable()
      table.index(['state', 'run_after'])
    })

    this.schema.createTable('idempotency_keys', (table) => {
      table.string('id', 190).primary()
      table.text('result', 'longtext').notNullable()
      moment(table, 'created_at').notNullable().index()
    })

    this.schema.createTable('files', (table) => {
      table.increments('id')
      table.string('storage_key', 190).notNullable().unique()
      table.string('name', 255).notNullable()
      table.string('mime', 120).notNullable()
      table.integer('size').unsigned().notNullable()
      table.string('sha256', 64).notNullable()
      /** Who may open it is asked of the record that it belongs to. */
      table.string('subject_type', 60).notNullable()
      table.integer('subject_id').unsigned().nullable()
      table.integer('uploaded_by').unsigned().nullable()
      moment(table, 'created_at').notNullable()
      table.index(['subject_type', 'subject_id'])
    })

    this.schema.createTable('certificates', (table) => {
      table.increments('id')
      table.string('kind', 40).notNullable()
      table.string('subject_type', 60).notNullable()
      table.integer('subject_id').unsigned().notNullable()
      table.text('body', 'longtext').notNullable()
      table.string('hash', 64).notNullable().unique()
      table.integer('audit_sequence').unsigned().notNullable()
      table.string('audit_hash', 64).notNullable()
      moment(table, 'created_at').notNullable()
      table.unique(['kind', 'subject_type', 'subject_id'])
    })

    /** Dated configuration with the document that allows it. */
    this.schema.createTable('settings', (table) => {
      table.increments('id')
      table.string('name', 80).notNullable()
      table.date('valid_from').notNullable()
      table.text('value', 'longtext').notNullable()
      table.string('document_no', 120).nullable()
      editable(table)
      table.unique(['name', 'valid_from'])
    })
  }

  async down() {
    for (const name of [
      'settings',
      'certificates',
      'files',
      'idempotency_keys',
      'jobs',
      'sessions',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
