import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('funds', (table) => {
      table.increments('id')
      table.string('code', 40).notNullable().unique()
      table.string('name', 200).notNullable()
      /** Who gives it: `市财政专项`. */
      table.string('source', 200).notNullable()
      table.integer('year').unsigned().notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      /** open, closed */
      table.string('state', 12).notNullable()
      editable(table)
    })

    /**
     * A line never pays what was not committed, commits what was not released, releases what was
     * not budgeted; none is ever below zero. The figures are the sums of the posted movements.
     */
    this.schema.createTable('fund_lines', (table) => {
      table.increments('id')
      reference(table, 'fund_id', 'funds').notNullable()
      table.integer('line_no').unsigned().notNullable()
      table.string('name', 200).notNullable()
      for (const name of ['budget_fen', 'released_fen', 'committed_fen', 'paid_fen']) {
        table.bigInteger(name).notNullable().defaultTo(0)
      }
      editable(table)
      table.unique(['fund_id', 'line_no'])
      table.check('released_fen <= budget_fen', {}, 'fund_lines_released')
      table.check('committed_fen <= released_fen', {}, 'fund_lines_committed')
      table.check('paid_fen <= committed_fen', {}, 'fund_lines_paid')
      table.check('paid_fen >= 0', {}, 'fund_lines_not_below_zero')
    })

    this.schema.createTable('construction_projects', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      table.string('name', 200).notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.string('content', 500).notNullable()
      table.bigInteger('estimate_fen').notNullable()
      /** Milestone of the programme that it serves. */
      table.integer('work_item_id').unsigned().nullable().index()
      table.check('estimate_fen > 0', {}, 'construction_projects_estimate')
      editable(table)
    })

    this.schema.createTable('project_steps', (table) => {
      table.increments('id')
      reference(table, 'project_id', 'construction_projects').notNullable()
      /** proposal, feasibility, design, start, acceptance: always in this order */
      table.string('step', 16).notNullable()
      table.integer('step_no').unsigned().notNullable()
      reference(table, 'authority_id', 'units').notNullable()
      table.date('due_on').nullable()
      /** todo, submitted, approved, refused */
      table.string('state', 12).notNullable()
      table.date('submitted_on').nullable()
      table.date('decided_on').nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.string('comment', 500).nullable()
      editable(table)
      table.unique(['project_id', 'step_no'])
    })

    /** A contract: what is paid of it never exceeds it. */
    this.schema.createTable('fund_commitments', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'line_id', 'fund_lines').notNullable()
      reference(table, 'project_id', 'construction_projects').nullable()
      table.string('payee', 200).notNullable()
      table.string('purpose', 500).notNullable()
      table.bigInteger('amount_fen').notNullable().defaultTo(0)
      table.bigInteger('paid_fen').notNullable().defaultTo(0)
      editable(table)
      table.check('paid_fen >= 0', {}, 'fund_commitments_not_below_zero')
      table.check('paid_fen <= amount_fen', {}, 'fund_commitments_paid')
    })

    /** One step of money, prepared by one and posted by another; a posted one is never changed. */
    this.schema.createTable('fund_movements', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'line_id', 'fund_lines').notNullable()
      /** budget, release, commitment, payment */
      table.string('kind', 12).notNullable()
      /** Negative takes back: 核减, 收回, 核销合同, 退款. */
      table.bigInteger('amount_fen').notNullable()
      /** Given with payments and changes of a contract; set when a new contract is posted. */
      reference(table, 'commitment_id', 'fund_commitments').nullable()
      reference(table, 'project_id', 'construction_projects').nullable()
      table.string('payee', 200).nullable()
      table.string('purpose', 500).notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.date('happens_on').notNullable()
      /** submitted, posted, returned, withdrawn */
      table.string('state', 12).notNullable()
      table.string('comment', 500).nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'posted_at').nullable()
      editable(table)
      table.check('amount_fen <> 0', {}, 'fund_movements_amount')
      table.check('posted_at is null or decided_by <> prepared_by', {}, 'fund_movements_two_people')
      table.index(['line_id', 'state'])
      table.index(['state', 'id'])
    })
  }

  async down() {
    for (const name of [
      'fund_movements',
      'fund_commitments',
      'project_steps',
      'construction_projects',
      'fund_lines',
      'funds',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
