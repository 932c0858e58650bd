import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

/** Weights, targets, values and scores are whole hundredths: 95.5 is 9550. */
export default class extends BaseSchema {
  async up() {
    /** A sheet of indicators; an adopted one is never changed, a later one takes its place. */
    this.schema.createTable('assessment_sheets', (table) => {
      table.increments('id')
      /** accountability, progress, outcome */
      table.string('kind', 16).notNullable()
      table.string('title', 200).notNullable()
      table.date('valid_from').notNullable()
      /** Taken off the score for each card of supervision (督查督办). */
      table.integer('yellow_points').unsigned().notNullable()
      table.integer('red_points').unsigned().notNullable()
      reference(table, 'document_id', 'documents').nullable()
      /** draft, adopted, withdrawn */
      table.string('state', 12).notNullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('adopted_by').unsigned().nullable()
      editable(table)
      flagWhen(table, 'live', "state = 'adopted'")
      table.unique(['kind', 'valid_from', 'live'], { indexName: 'assessment_sheets_live' })
      table.check(
        'adopted_by is null or adopted_by <> prepared_by',
        {},
        'assessment_sheets_two_people'
      )
    })

    this.schema.createTable('assessment_indicators', (table) => {
      table.increments('id')
      reference(table, 'sheet_id', 'assessment_sheets').notNullable()
      table.integer('line_no').unsigned().notNullable()
      table.string('name', 200).notNullable()
      /** `entered`, or the measure of the system that gives the value. */
      table.string('source', 60).notNullable()
      /** at_least, at_most, reached */
      table.string('rule', 12).notNullable()
      table.bigInteger('target').notNullable()
      /** `%`, `项`, `万次` */
      table.string('measured_in', 20).notNullable()
      table.integer('weight').unsigned().notNullable()
      table.string('standard', 500).nullable()
      editable(table)
      table.unique(['sheet_id', 'line_no'])
      table.check('weight > 0 and target >= 0', {}, 'assessment_indicators_figures')
    })

    /** One quarter by one sheet; a published one is corrected by a new revision only. */
    this.schema.createTable('assessments', (table) => {
      table.increments('id')
      reference(table, 'sheet_id', 'assessment_sheets').notNullable()
      table.string('kind', 16).notNullable()
      table.integer('year').unsigned().notNullable()
      table.integer('quarter').unsigned().notNullable()
      table.integer('revision').unsigned().notNullable()
      /** Why a published one was corrected. */
      table.string('reason', 500).nullable()
      table.text('summary').nullable()
      /** draft, submitted, confirmed, published, replaced, withdrawn */
      table.string('state', 12).notNullable()
      table.string('comment', 500).nullable()
      /** The day that the values of the system stand for. */
      table.date('read_on').nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('confirmed_by').unsigned().nullable()
      moment(table, 'confirmed_at').nullable()
      moment(table, 'published_at').nullable()
      editable(table)
      flagWhen(table, 'under_way', "state in ('draft', 'submitted', 'confirmed')")
      flagWhen(table, 'current', "state = 'published'")
      table.unique(['kind', 'year', 'quarter', 'revision'], { indexName: 'assessments_revision' })
      table.unique(['kind', 'year', 'quarter', 'under_way'], { indexName: 'assessments_under_way' })
      table.unique(['kind', 'year', 'quarter', 'current'], { indexName: 'assessments_current' })
      table.check('quarter between 1 and 4', {}, 'assessments_quarter')
      table.check(
        'confirmed_by is null or confirmed_by <> prepared_by',
        {},
        'assessments_two_people'
      )
    })

    this.schema.createTable('assessment_units', (table) => {
      table.increments('id')
      reference(table, 'assessment_id', 'assessments').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.integer('yellow').unsigned().notNullable().defaultTo(0)
      table.integer('red').unsigned().notNullable().defaultTo(0)
      /** Of 100 points, before and after the cards; null while a value is missing. */
      table.integer('base').unsigned().nullable()
      table.integer('score').unsigned().nullable()
      editable(table)
      table.unique(['assessment_id', 'unit_id'])
    })

    this.schema.createTable('assessment_scores', (table) => {
      table.increments('id')
      reference(table, 'assessment_unit_id', 'assessment_units').notNullable()
      reference(table, 'indicator_id', 'assessment_indicators').notNullable()
      /** False: nothing to measure here, the other indicators carry the 100 points. */
      table.boolean('applies').notNullable().defaultTo(true)
      table.bigInteger('actual').nullable()
      /** What a value of the system counts, and where its rows are. */
      table.integer('done').unsigned().nullable()
      table.integer('planned').unsigned().nullable()
      table.string('url', 250).nullable()
      /** Who measured an entered value, and what proves it. */
      table.string('origin', 200).nullable()
      table.string('evidence', 1000).nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.integer('entered_by').unsigned().nullable()
      table.integer('score').unsigned().nullable()
      table.unique(['assessment_unit_id', 'indicator_id'], { indexName: 'assessment_scores_cell' })
    })
  }

  async down() {
    for (const name of [
      'assessment_scores',
      'assessment_units',
      'assessments',
      'assessment_indicators',
      'assessment_sheets',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
