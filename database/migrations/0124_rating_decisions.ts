import { BaseSchema } from '@adonisjs/lucid/schema'
import { moment, reference } from '../migration_helpers.js'

export default class extends BaseSchema {
  async up() {
    /** What a year's rating leads to is accepted or refused once a result, with its document. */
    this.schema.createTable('rating_decisions', (table) => {
      table.increments('id')
      reference(table, 'scorecard_id', 'scorecards').notNullable()
      table.integer('result_version').unsigned().notNullable()
      table.boolean('accepted').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.string('reason', 500).nullable()
      table.integer('decided_by').unsigned().notNullable()
      moment(table, 'created_at').notNullable()
      table.unique(['scorecard_id', 'result_version'], { indexName: 'rating_decisions_once' })
    })

    /** The base of pay in which an accepted step is contained: once a decision. */
    this.schema.createTable('step_raises', (table) => {
      table.increments('id')
      reference(table, 'rating_decision_id', 'rating_decisions').notNullable()
      reference(table, 'wage_base_id', 'wage_bases').notNullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'created_at').notNullable()
      table.unique(['rating_decision_id'], { indexName: 'step_raises_once' })
    })
  }

  async down() {
    this.schema.dropTable('step_raises')
    this.schema.dropTable('rating_decisions')
  }
}
