import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('imports', (table) => {
      table.increments('id')
      table.string('definition', 40).notNullable()
      /** uploaded → checking → checked → committing → committed → undone; or failed. */
      table.string('state', 20).notNullable()
      reference(table, 'file_id', 'files').nullable()
      table.string('file_name', 255).notNullable()
      table.string('sheet', 120).nullable()
      table.integer('header_row').unsigned().nullable()
      /** Field → column header, as recognised or mapped by hand. */
      table.text('mapping', 'longtext').nullable()
      /** What the definition needs beside the rows (unit, document, title…). */
      table.text('context', 'longtext').notNullable()
      table.date('as_of').nullable()
      table.boolean('confirmed').notNullable().defaultTo(false)
      table.text('totals', 'longtext').nullable()
      table.text('error', 'longtext').nullable()
      table.integer('created_by').unsigned().nullable()
      table.integer('committed_by').unsigned().nullable()
      moment(table, 'committed_at').nullable()
      moment(table, 'undone_at').nullable()
      editable(table)
      table.index(['definition', 'state'])
    })

    this.schema.createTable('import_rows', (table) => {
      table.increments('id')
      reference(table, 'import_id', 'imports').notNullable()
      table.integer('row_no').unsigned().notNullable()
      /** ok, note, warning, held, rejected, skipped: the worst of its findings. */
      table.string('level', 12).notNullable()
      table.text('cells', 'longtext').notNullable()
      /** What the definition made of it; personal values sealed. */
      table.text('parsed', 'longtext').nullable()
      /** create, update, same, none: what commit did or would do. */
      table.string('effect', 12).notNullable()
      table.string('subject_type', 60).nullable()
      table.integer('subject_id').unsigned().nullable()
      table.unique(['import_id', 'row_no'])
      table.index(['import_id', 'level', 'row_no'])
    })

    this.schema.createTable('import_findings', (table) => {
      table.increments('id')
      reference(table, 'import_id', 'imports').notNullable()
      table.integer('row_no').unsigned().notNullable()
      table.string('level', 12).notNullable()
      table.string('code', 60).notNullable()
      table.string('field', 80).notNullable()
      table.text('params').notNullable()
      table.index(['import_id', 'row_no'])
    })

    /** What an import changed, one row an effect, so that it can be undone. */
    this.schema.createTable('import_effects', (table) => {
      table.increments('id')
      reference(table, 'import_id', 'imports').notNullable()
      table.string('subject_type', 60).notNullable()
      table.integer('subject_id').unsigned().notNullable()
      table.string('effect', 20).notNullable()
      table.text('before', 'longtext').nullable()
      table.index(['import_id', 'subject_type'])
    })

    this.schema.createTable('import_mappings', (table) => {
      table.increments('id')
      table.string('definition', 40).notNullable()
      table.string('header_hash', 64).notNullable()
      table.text('mapping', 'longtext').notNullable()
      editable(table)
      table.unique(['definition', 'header_hash'])
    })
  }

  async down() {
    for (const name of [
      'import_mappings',
      'import_effects',
      'import_findings',
      'import_rows',
      'imports',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
