import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('transfer_batches', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      table.string('title', 200).notNullable()
      reference(table, 'document_id', 'documents').nullable()
      table.date('effective_on').notNullable()
      table.string('reason', 500).nullable()
      /** draft, checked, submitted, approved, scheduled, executed, returned, withdrawn */
      table.string('state', 20).notNullable()
      /** Approval steps still to come and done: the line's definition, fixed at submit. */
      table.text('steps', 'longtext').notNullable()
      table.integer('step').unsigned().notNullable().defaultTo(0)
      /** Hash of the lines that the signatures stand for. */
      table.string('content_hash', 64).nullable()
      reference(table, 'reverses_id', 'transfer_batches').nullable().unique()
      reference(table, 'split_from_id', 'transfer_batches').nullable()
      table.integer('prepared_by').unsigned().nullable()
      moment(table, 'checked_at').nullable()
      moment(table, 'submitted_at').nullable()
      moment(table, 'executed_at').nullable()
      reference(table, 'certificate_id', 'certificates').nullable()
      editable(table)
      table.index(['state', 'effective_on'])
    })

    this.schema.createTable('transfer_lines', (table) => {
      table.increments('id')
      reference(table, 'batch_id', 'transfer_batches').notNullable()
      table.integer('line_no').unsigned().notNullable()
      /** person_with_quota, quota_only, person_without_quota */
      table.string('kind', 24).notNullable()
      reference(table, 'person_id', 'persons').nullable()
      reference(table, 'assignment_id', 'assignments').nullable()
      table.integer('quantity').unsigned().notNullable().defaultTo(1)
      reference(table, 'from_unit_id', 'units').notNullable()
      reference(table, 'to_unit_id', 'units').notNullable()
      reference(table, 'to_department_id', 'departments').nullable()
      reference(table, 'to_post_id', 'posts').nullable()
      table.string('employment_type', 20).nullable()
      table.string('to_employment_type', 20).nullable()
      table.string('funding_type', 20).nullable()
      table.string('category', 20).nullable()
      table.string('grade', 20).nullable()
      table.string('paid_through', 7).nullable()
      table.string('paid_from', 7).nullable()
      /** ok, warning, blocked: as of the last check */
      table.string('verdict', 12).notNullable().defaultTo('ok')
      table.text('findings', 'longtext').notNullable()
      table.unique(['batch_id', 'line_no'])
      table.unique(['batch_id', 'assignment_id'])
      table.index(['batch_id', 'verdict'])
      table.index(['person_id'])
    })

    /** An assignment is in at most one batch that is under way. */
    this.schema.createTable('transfer_claims', (table) => {
      table.integer('assignment_id').unsigned().primary()
      reference(table, 'batch_id', 'transfer_batches').notNullable()
      moment(table, 'claimed_at').notNullable()
      table.index(['batch_id'])
    })

    this.schema.createTable('transfer_approvals', (table) => {
      table.increments('id')
      reference(table, 'batch_id', 'transfer_batches').notNullable()
      /** One round a submission: a returned batch is approved anew. */
      table.integer('round').unsigned().notNullable()
      table.integer('step').unsigned().notNullable()
      table.string('step_name', 40).notNullable()
      table.string('decision', 12).notNullable()
      table.string('comment', 500).nullable()
      table.string('content_hash', 64).notNullable()
      table.integer('user_id').unsigned().notNullable()
      table.string('user_name', 60).notNullable()
      table.string('on_behalf_of', 60).nullable()
      moment(table, 'decided_at').notNullable()
      table.unique(['batch_id', 'round', 'step'])
      /** Different people at every step. */
      table.unique(['batch_id', 'round', 'user_id'])
    })
  }

  async down() {
    for (const name of [
      'transfer_approvals',
      'transfer_claims',
      'transfer_lines',
      'transfer_batches',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
