import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('persons', (table) => {
      table.increments('id')
      table.string('name', 60).notNullable()
      table.string('name_pinyin', 160).notNullable()
      table.string('name_initials', 30).notNullable()
      table.string('sex', 10).nullable()
      /** Civil date, or the first of the month when only the month is known. */
      table.date('birth_on').nullable()
      table.text('identity_sealed').nullable()
      table.string('identity_digest', 64).nullable()
      table.string('identity_masked', 30).nullable()
      table.text('phone_sealed').nullable()
      table.string('phone_masked', 30).nullable()
      table.string('education', 40).nullable()
      table.string('political_status', 40).nullable()
      table.date('work_started_on').nullable()
      table.string('remark', 500).nullable()
      /** worker, cadre: decides the base age of women; null: from the grade. */
      table.string('retirement_kind', 20).nullable()
      /** A person outside the rosters: leader, liaison of a department. */
      table.boolean('external').notNullable().defaultTo(false)
      reference(table, 'merged_into', 'persons').nullable()
      /** pending, confirmed, objected: the person's own word on the record. */
      table.string('confirmation', 20).notNullable().defaultTo('pending')
      table.string('objection', 500).nullable()
      moment(table, 'confirmed_at').nullable()
      editable(table)
      table.unique(['identity_digest'])
      table.index(['name_pinyin', 'id'])
      table.index(['name_initials'])
      table.index(['name'])
    })

    /** Every earlier version of a person's data: "as known on K". Personal values sealed as in persons. */
    this.schema.createTable('person_revisions', (table) => {
      table.increments('id')
      reference(table, 'person_id', 'persons').notNullable()
      table.integer('person_version').unsigned().notNullable()
      table.text('data', 'longtext').notNullable()
      table.string('reason', 500).notNullable()
      reference(table, 'document_id', 'documents').nullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'superseded_at').notNullable()
      table.unique(['person_id', 'person_version'])
    })

    this.schema.createTable('assignments', (table) => {
      table.increments('id')
      reference(table, 'person_id', 'persons').notNullable()
      /** main: one at a time; secondary: secondment, double post. */
      table.string('kind', 12).notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      reference(table, 'department_id', 'departments').nullable()
      reference(table, 'post_id', 'posts').nullable()
      /** establishment, contract, enterprise */
      table.string('employment_type', 20).notNullable()
      /** Only establishment: which quota the person fills. */
      table.string('funding_type', 20).nullable()
      table.string('quota_category', 20).nullable()
      table.boolean('over_quota').notNullable().defaultTo(false)
      table.string('grade', 20).nullable()
      table.boolean('leader_post').notNullable().defaultTo(false)
      table.date('valid_from').notNullable()
      table.date('valid_to').nullable()
      /** Last month paid by this unit's predecessor / by this one: `YYYY-MM`. */
      table.string('paid_from', 7).nullable()
      table.string('paid_through', 7).nullable()
      /** roster: known from a roster, the real start is earlier. */
      table.string('source', 20).notNullable()
      table.string('source_type', 60).nullable()
      table.integer('source_id').unsigned().nullable()
      reference(table, 'document_id', 'documents').nullable()
      moment(table, 'recorded_at').notNullable()
      /** The row that this one replaces (law 3: nothing is overwritten). */
      table.integer('supersedes').unsigned().nullable().unique()
      table.integer('superseded_by').unsigned().nullable()
      moment(table, 'superseded_at').nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      flagWhen(table, 'open_main', "superseded_by is null and valid_to is null and kind = 'main'")
      table.unique(['person_id', 'kind', 'valid_from', 'unit_id', 'live'], {
        indexName: 'assignments_one_live',
      })
      table.unique(['person_id', 'open_main'], { indexName: 'assignments_one_open_main' })
      table.index(['unit_id', 'live', 'valid_to', 'employment_type'], 'assignments_of_unit')
      table.index(['source_type', 'source_id'])
      table.index(['post_id', 'live'])
    })

    this.schema.createTable('personnel_events', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      /** hire, retire, resign, dismiss, death, transfer_out, secondment, long_leave, return */
      table.string('kind', 20).notNullable()
      /** draft, submitted, approved, done, returned, withdrawn */
      table.string('state', 20).notNullable()
      reference(table, 'person_id', 'persons').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.date('effective_on').notNullable()
      table.date('until_on').nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.string('reason', 500).nullable()
      table.text('details', 'longtext').notNullable()
      reference(table, 'assignment_id', 'assignments').nullable()
      table.integer('created_by').unsigned().nullable()
      table.integer('approved_by').unsigned().nullable()
      editable(table)
      table.index(['person_id', 'effective_on'])
      table.index(['unit_id', 'effective_on'])
    })

    this.schema.createTable('person_merges', (table) => {
      table.increments('id')
      reference(table, 'kept_id', 'persons').notNullable()
      reference(table, 'merged_id', 'persons').notNullable()
      table.string('reason', 500).notNullable()
      /** The references that were moved, so that undo moves exactly those back. */
      table.text('moved', 'longtext').notNullable()
      table.integer('created_by').unsigned().nullable()
      moment(table, 'undone_at').nullable()
      table.integer('undone_by').unsigned().nullable()
      editable(table)
    })
  }

  async down() {
    for (const name of [
      'person_merges',
      'personnel_events',
      'assignments',
      'person_revisions',
      'persons',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
