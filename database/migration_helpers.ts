import type { Knex } from 'knex'

type Table = Knex.CreateTableBuilder

/** A moment: UTC, to the millisecond. */
export function moment(table: Table, name: string) {
  return table.dateTime(name, { precision: 3 })
}

/** When and by whom a record that people edit was made and last changed, and its version (law 8). */
export function editable(table: Table) {
  table.integer('version').unsigned().notNullable().defaultTo(1)
  moment(table, 'created_at').notNullable()
  moment(table, 'updated_at').nullable()
}

/** Reference that never cascades: what others point at cannot disappear. */
export function reference(table: Table, column: string, target: string) {
  return table.integer(column).unsigned().references('id').inTable(target).onDelete('RESTRICT')
}

/**
 * 1 while `condition` holds, else NULL: in a unique key it makes "at most one live row" a rule of
 * the database (MySQL has no partial index).
 */
export function flagWhen(table: Table, column: string, condition: string) {
  return table.specificType(
    column,
    `integer generated always as (case when ${condition} then 1 end) virtual`
  )
}
