import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /** The reform programme (改革方案): one row, its code is always `reform`. */
    this.schema.createTable('programmes', (table) => {
      table.increments('id')
      table.string('code', 20).notNullable().unique()
      table.string('name', 200).notNullable()
      /** Nothing begins before. */
      table.date('starts_on').notNullable()
      reference(table, 'document_id', 'documents').nullable()
      /** Slack below so many working days is a yellow light. */
      table.integer('yellow_days').unsigned().notNullable()
      editable(table)
    })

    /** Milestones and work items; what the plan prints is kept as it is printed. */
    this.schema.createTable('work_items', (table) => {
      table.increments('id')
      table.string('number', 20).notNullable().unique()
      table.string('name', 200).notNullable()
      /** milestone: no duration; work */
      table.string('kind', 12).notNullable()
      /** The milestone that it leads to. */
      reference(table, 'phase_id', 'work_items').nullable()
      reference(table, 'lead_unit_id', 'units').notNullable()
      table.integer('responsible_id').unsigned().nullable()
      /** Working days. */
      table.integer('duration').unsigned().notNullable()
      table.date('not_before').nullable()
      table.string('deliverable', 500).nullable()
      table.string('criteria', 500).nullable()
      table.string('basis', 60).nullable()
      table.string('printed_due', 40).nullable()
      table.string('printed_units', 200).nullable()
      /** Source of facts (shared/ports/facts) that says when it is done. */
      table.string('fact_code', 60).nullable()
      table.date('started_on').nullable()
      table.date('finished_on').nullable()
      /** Working days that were left on a day, that day included. */
      table.integer('remaining_days').unsigned().nullable()
      table.date('remaining_as_of').nullable()
      /** active, dropped */
      table.string('state', 12).notNullable()
      editable(table)
      table.check("kind = 'work' or duration = 0", {}, 'work_items_milestone')
      table.check(
        'started_on is null or finished_on is null or finished_on >= started_on',
        {},
        'work_items_order'
      )
      table.index(['lead_unit_id', 'state'])
    })

    this.schema.createTable('work_item_units', (table) => {
      table.increments('id')
      reference(table, 'item_id', 'work_items').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.unique(['item_id', 'unit_id'])
    })

    this.schema.createTable('work_links', (table) => {
      table.increments('id')
      /** `to_id` waits for `from_id`. */
      reference(table, 'from_id', 'work_items').notNullable()
      reference(table, 'to_id', 'work_items').notNullable()
      /** FS, SS, FF, SF */
      table.string('type', 2).notNullable()
      /** Working days, negative for an overlap. */
      table.integer('lag').notNullable()
      moment(table, 'created_at').notNullable()
      table.unique(['from_id', 'to_id', 'type'])
      table.check('from_id <> to_id', {}, 'work_links_two_items')
    })

    /** Every date that was ever fixed for an item; the live one is in force (null: lifted). */
    this.schema.createTable('fixed_dates', (table) => {
      table.increments('id')
      reference(table, 'item_id', 'work_items').notNullable()
      table.date('fixed_on').nullable()
      /** plan: as printed; conflict: decided because two dates contradict; resolution */
      table.string('source', 12).notNullable()
      table.string('resolution_no', 120).nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.string('reason', 500).nullable()
      table.integer('recorded_by').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['item_id', 'live'])
      table.check(
        "source <> 'resolution' or resolution_no is not null",
        {},
        'fixed_dates_resolution'
      )
    })

    /** What was decided where two fixed dates contradicted each other; never changed. */
    this.schema.createTable('conflict_decisions', (table) => {
      table.increments('id')
      reference(table, 'from_id', 'work_items').notNullable()
      reference(table, 'to_id', 'work_items').notNullable()
      table.date('from_on').notNullable()
      table.date('to_on').notNullable()
      /** suggestion, dates, unlink */
      table.string('choice', 12).notNullable()
      table.string('reason', 500).notNullable()
      reference(table, 'document_id', 'documents').nullable()
      /** Items with the date before and after. */
      table.text('changes', 'longtext').notNullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'decided_at').notNullable()
    })

    /** That an item is finished; accepted by somebody outside its lead unit. */
    this.schema.createTable('work_evidence', (table) => {
      table.increments('id')
      reference(table, 'item_id', 'work_items').notNullable()
      /** report: by somebody; fact: read from the records; tasks: its tasks were closed */
      table.string('source', 12).notNullable()
      table.date('happened_on').notNullable()
      table.string('text', 1000).notNullable()
      reference(table, 'document_id', 'documents').nullable()
      /** submitted, accepted, returned, withdrawn, lapsed */
      table.string('state', 12).notNullable()
      table.string('comment', 500).nullable()
      table.integer('submitted_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'decided_at').nullable()
      flagWhen(table, 'live', "state in ('submitted', 'accepted')")
      editable(table)
      table.unique(['item_id', 'live'])
      table.check(
        'submitted_by is null or decided_by is null or decided_by <> submitted_by',
        {},
        'work_evidence_two_people'
      )
      table.index(['state', 'id'])
    })

    /** The task's completion is evidence for the item. `task_id` is of governance. */
    this.schema.createTable('work_item_tasks', (table) => {
      table.increments('id')
      reference(table, 'item_id', 'work_items').notNullable()
      table.integer('task_id').unsigned().notNullable().index()
      table.unique(['item_id', 'task_id'])
    })

    /** Baselines are kept for ever: nothing changes or deletes a row of these two tables. */
    this.schema.createTable('baselines', (table) => {
      table.increments('id')
      table.integer('number').unsigned().notNullable().unique()
      table.string('name', 120).notNullable()
      table.string('reason', 500).notNullable()
      reference(table, 'document_id', 'documents').nullable()
      table.date('set_on').notNullable()
      table.integer('set_by').unsigned().nullable()
      moment(table, 'created_at').notNullable()
    })

    this.schema.createTable('baseline_items', (table) => {
      table.increments('id')
      reference(table, 'baseline_id', 'baselines').notNullable()
      reference(table, 'item_id', 'work_items').notNullable()
      table.date('start').nullable()
      table.date('finish').nullable()
      table.date('fixed_on').nullable()
      table.unique(['baseline_id', 'item_id'])
    })

    /** What the forecast said at the end of a day, to see what slipped since. */
    this.schema.createTable('forecast_days', (table) => {
      table.increments('id')
      table.date('day').notNullable()
      reference(table, 'item_id', 'work_items').notNullable()
      table.date('finish').nullable()
      table.string('light', 8).notNullable()
      table.unique(['day', 'item_id'])
    })

    /** Secret addresses of calendars; only a digest of the secret is kept. */
    this.schema.createTable('calendar_feeds', (table) => {
      table.increments('id')
      table.string('token_digest', 64).notNullable().unique()
      table.string('name', 120).notNullable()
      reference(table, 'user_id', 'users').notNullable()
      /** Null: what concerns the person. */
      reference(table, 'unit_id', 'units').nullable()
      moment(table, 'created_at').notNullable()
      moment(table, 'read_at').nullable()
      moment(table, 'revoked_at').nullable()
      table.index(['user_id', 'id'])
    })
  }

  async down() {
    for (const name of [
      'calendar_feeds',
      'forecast_days',
      'baseline_items',
      'baselines',
      'work_item_tasks',
      'work_evidence',
      'conflict_decisions',
      'fixed_dates',
      'work_links',
      'work_item_units',
      'work_items',
      'programmes',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
