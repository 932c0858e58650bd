import { BaseSchema } from '@adonisjs/lucid/schema'
import { reference } from '#database/migration_helpers'

/**
 * Rows that only have to be taken over are kept by the piece, not one by one. A roster that waits
 * for its commit has none yet: its dry run is to be made again.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('import_pieces', (table) => {
      table.increments('id')
      reference(table, 'import_id', 'imports').notNullable()
      /** Of its first row. */
      table.integer('row_no').unsigned().notNullable()
      /** JSON: one line a row, in the order of the sheet; personal values sealed. */
      table.text('content', 'longtext').notNullable()
      /** JSON: how many of its rows are of each group. */
      table.text('counts', 'longtext').notNullable()
      table.unique(['import_id', 'row_no'])
    })
    this.defer(async (db) => {
      await db
        .from('imports')
        .where('definition', 'roster')
        .whereIn('state', ['checked', 'committing'])
        .update({ state: 'uploaded', totals: null })
    })
  }

  async down() {
    this.schema.dropTable('import_pieces')
  }
}
