import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

const MISSING = [
  'commercial_establishment_staff',
  'opinion_centre_establishment_staff',
  'contract_staff_pay',
  'discipline_freeze',
]

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('calendar_days', (table) => {
      table.increments('id')
      table.date('day').notNullable().unique()
      /** holiday: free although a weekday; workday: swapped (调休), worked although a weekend. */
      table.string('kind', 10).notNullable()
      table.string('name', 60).notNullable()
      editable(table)
    })

    this.schema.createTable('calendar_years', (table) => {
      table.increments('id')
      table.integer('year').unsigned().notNullable().unique()
      table.boolean('confirmed').notNullable()
      table.string('source', 120).notNullable()
      editable(table)
    })

    /** Approving documents (批文): what every fact, movement and decision names. */
    this.schema.createTable('documents', (table) => {
      table.increments('id')
      table.string('document_no', 120).notNullable().unique()
      table.string('title', 200).notNullable()
      table.string('issuer', 120).nullable()
      table.date('issued_on').nullable()
      table.integer('file_id').unsigned().nullable()
      table.integer('created_by').unsigned().nullable()
      editable(table)
    })

    this.schema.createTable('decisions', (table) => {
      table.increments('id')
      /** missing: a gap of the plan, asked for by name; held: an import row that waits. */
      table.string('kind', 20).notNullable()
      table.string('code', 120).notNullable()
      table.string('state', 20).notNullable()
      /** What it is about: unit, person, import row; and the evidence a decider needs to see. */
      table.string('subject_type', 60).nullable()
      table.integer('subject_id').unsigned().nullable()
      table.text('evidence', 'longtext').notNullable()
      table.text('value', 'longtext').nullable()
      table.string('reason', 500).nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.date('effective_on').nullable()
      table.integer('proposed_by').unsigned().nullable()
      moment(table, 'proposed_at').nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'decided_at').nullable()
      reference(table, 'replaced_by', 'decisions').nullable()
      flagWhen(table, 'live', "state <> 'replaced'")
      editable(table)
      table.unique(['code', 'live'])
      table.index(['subject_type', 'subject_id'])
    })

    /** What the plan leaves open exists from the start, by name (law 14). */
    this.defer(async (db) => {
      for (const code of MISSING) {
        await db.table('decisions').insert({
          kind: 'missing',
          code,
          state: 'open',
          evidence: '{}',
          version: 1,
          created_at: '2000-01-01 00:00:00.000',
        })
      }
    })
  }

  async down() {
    for (const name of ['decisions', 'documents', 'calendar_years', 'calendar_days']) {
      this.schema.dropTable(name)
    }
  }
}
