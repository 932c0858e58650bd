import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

/** Leading group, joint meeting, their meetings and resolutions, tasks, supervision. */
export default class extends BaseSchema {
  async up() {
    this.bodies()
    this.meetings()
    this.tasks()
    this.supervision()
  }

  private bodies() {
    this.schema.createTable('bodies', (table) => {
      table.increments('id')
      /** leading_group, joint_meeting, supervisor: one of each at a time */
      table.string('kind', 20).notNullable()
      table.string('name', 120).notNullable()
      /** half: more than half of the seats; two_thirds: at least so many */
      table.string('quorum', 12).notNullable()
      /** 发文代字 of its minutes: `市融改纪` */
      table.string('minutes_mark', 40).notNullable()
      editable(table)
      table.unique(['kind'])
    })

    /** A seat belongs to an office (市委书记) or to a unit, whose head then holds it. */
    this.schema.createTable('body_seats', (table) => {
      table.increments('id')
      reference(table, 'body_id', 'bodies').notNullable()
      table.integer('seat_no').unsigned().notNullable()
      /** head, deputy, member */
      table.string('role', 12).notNullable()
      table.string('title', 120).notNullable()
      reference(table, 'unit_id', 'units').nullable().index()
      table.date('valid_from').notNullable()
      table.date('valid_to').nullable()
      flagWhen(table, 'live', 'valid_to is null')
      editable(table)
      table.unique(['body_id', 'title', 'live'])
    })

    /** Who holds a seat by title, or who is the head (主要负责人) of a unit, and since when. */
    this.schema.createTable('post_holders', (table) => {
      table.increments('id')
      reference(table, 'seat_id', 'body_seats').nullable()
      reference(table, 'unit_id', 'units').nullable()
      reference(table, 'person_id', 'persons').nullable().index()
      table.string('name', 60).notNullable()
      table.date('valid_from').notNullable()
      table.date('valid_to').nullable()
      flagWhen(table, 'live', 'valid_to is null')
      editable(table)
      table.unique(['seat_id', 'live'])
      table.unique(['unit_id', 'live'])
      table.check('(seat_id is null) <> (unit_id is null)', {}, 'post_holders_one_post')
      table.check('valid_to is null or valid_to >= valid_from', {}, 'post_holders_dates')
    })
  }

  private meetings() {
    this.schema.createTable('meetings', (table) => {
      table.increments('id')
      reference(table, 'body_id', 'bodies').notNullable()
      /** 第 n 次会议 */
      table.integer('number').unsigned().notNullable()
      table.string('title', 200).notNullable()
      table.date('held_on').notNullable()
      table.string('starts_at', 5).notNullable()
      table.string('place', 120).notNullable()
      /** planned, invited, held, submitted, approved, cancelled */
      table.string('state', 12).notNullable()
      /** 列席 */
      table.string('observers', 500).nullable()
      table.text('minutes', 'longtext').nullable()
      /** The number of the issue (纪要期号) within its year, and the whole 发文字号. */
      table.integer('issue').unsigned().nullable()
      table.integer('issue_year').unsigned().nullable()
      table.string('issue_no', 80).nullable().unique()
      reference(table, 'document_id', 'documents').nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('minutes_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'approved_at').nullable()
      table.string('comment', 500).nullable()
      editable(table)
      table.unique(['body_id', 'number'])
      table.unique(['body_id', 'issue_year', 'issue'])
      table.index(['state', 'held_on'])
      table.check('approved_at is null or decided_by <> minutes_by', {}, 'meetings_two_people')
    })

    this.schema.createTable('meeting_items', (table) => {
      table.increments('id')
      reference(table, 'meeting_id', 'meetings').notNullable()
      table.integer('item_no').unsigned().notNullable()
      table.string('title', 300).notNullable()
      /** 汇报单位 */
      reference(table, 'unit_id', 'units').nullable()
      editable(table)
      table.unique(['meeting_id', 'item_no'])
    })

    /** Seats as they were invited, and who came. */
    this.schema.createTable('meeting_seats', (table) => {
      table.increments('id')
      reference(table, 'meeting_id', 'meetings').notNullable()
      reference(table, 'seat_id', 'body_seats').notNullable()
      reference(table, 'person_id', 'persons').nullable().index()
      table.string('name', 60).nullable()
      /** invited, present, substitute, absent, vacant */
      table.string('state', 12).notNullable()
      /** Who came instead, with office: `李明（副局长）`. */
      table.string('substitute', 120).nullable()
      table.string('reason', 200).nullable()
      editable(table)
      table.unique(['meeting_id', 'seat_id'])
    })

    this.schema.createTable('resolutions', (table) => {
      table.increments('id')
      reference(table, 'meeting_id', 'meetings').notNullable()
      table.integer('resolution_no').unsigned().notNullable()
      table.string('content', 1000).notNullable()
      reference(table, 'lead_unit_id', 'units').nullable()
      table.date('due_on').nullable()
      /** The missing decision that it decides (待定事项). */
      reference(table, 'decision_id', 'decisions').nullable()
      editable(table)
      table.unique(['meeting_id', 'resolution_no'])
    })
  }

  private tasks() {
    this.schema.createTable('tasks', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      table.string('title', 500).notNullable()
      /** plan, resolution, instruction */
      table.string('source_kind', 12).notNullable()
      /** Clause of the plan, or whose instruction and when. */
      table.string('source', 200).notNullable()
      reference(table, 'resolution_id', 'resolutions').nullable().unique()
      /** Its number in 任务分工. */
      table.integer('plan_no').unsigned().nullable().unique()
      reference(table, 'body_id', 'bodies').nullable()
      /** weekly, monthly, quarterly: a standing task; null: it has an end */
      table.string('rhythm', 12).nullable()
      table.string('criteria', 500).nullable()
      /** draft, active, done, read, archived, ended */
      table.string('state', 12).notNullable()
      table.string('comment', 500).nullable()
      table.integer('prepared_by').unsigned().nullable()
      moment(table, 'done_at').nullable()
      table.integer('read_by').unsigned().nullable()
      moment(table, 'read_at').nullable()
      editable(table)
      table.index(['state', 'id'])
    })

    /** What one unit owes of a task: the lead's is the task itself, a supporting one has its own part. */
    this.schema.createTable('task_parts', (table) => {
      table.increments('id')
      reference(table, 'task_id', 'tasks').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      /** lead, support */
      table.string('role', 8).notNullable()
      table.string('content', 500).notNullable()
      /** The day it is owed; of a standing task the day of the next report. */
      table.date('due_on').nullable()
      /** open, submitted, accepted, ended */
      table.string('state', 12).notNullable()
      table.integer('submitted_by').unsigned().nullable()
      moment(table, 'submitted_at').nullable()
      table.integer('checked_by').unsigned().nullable()
      moment(table, 'accepted_at').nullable()
      /** Set while it is sent back and not yet handed in again. */
      moment(table, 'returned_at').nullable()
      table.string('comment', 500).nullable()
      flagWhen(table, 'live', "state <> 'ended'")
      flagWhen(table, 'leads', "role = 'lead' and state <> 'ended'")
      editable(table)
      table.unique(['task_id', 'unit_id', 'live'])
      table.unique(['task_id', 'leads'])
      table.index(['unit_id', 'state', 'due_on'])
      table.check(
        'accepted_at is null or checked_by is null or checked_by <> submitted_by',
        {},
        'task_parts_two_people'
      )
    })

    this.schema.createTable('task_reports', (table) => {
      table.increments('id')
      reference(table, 'part_id', 'task_parts').notNullable()
      /** progress, completion, comment */
      table.string('kind', 12).notNullable()
      table.text('content').notNullable()
      /** The day it was owed by. */
      table.date('due_on').nullable()
      table.integer('reported_by').unsigned().nullable()
      moment(table, 'reported_at').notNullable()
      table.index(['part_id', 'id'])
    })

    this.schema.createTable('task_extensions', (table) => {
      table.increments('id')
      reference(table, 'part_id', 'task_parts').notNullable()
      table.date('from_on').notNullable()
      table.date('until_on').notNullable()
      table.string('reason', 500).notNullable()
      /** submitted, approved, refused */
      table.string('state', 12).notNullable()
      table.integer('asked_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'decided_at').nullable()
      table.string('comment', 500).nullable()
      flagWhen(table, 'pending', "state = 'submitted'")
      editable(table)
      table.unique(['part_id', 'pending'])
      table.index(['state', 'id'])
      table.check('until_on > from_on', {}, 'task_extensions_later')
      table.check('decided_at is null or decided_by <> asked_by', {}, 'task_extensions_two_people')
    })
  }

  private supervision() {
    this.schema.createTable('supervision_orders', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'part_id', 'task_parts').notNullable()
      table.string('requirement', 500).notNullable()
      moment(table, 'issued_at').notNullable()
      table.integer('issued_by').unsigned().nullable()
      table.date('deadline_on').notNullable()
      /** An approved extension begins another run of the clock, counted from this moment. */
      table.integer('run').unsigned().notNullable().defaultTo(1)
      moment(table, 'counted_from').notNullable()
      /** Last step of this run that was taken; -1 before the reminder. */
      table.integer('last_step').notNullable().defaultTo(-1)
      /** running, closed */
      table.string('state', 12).notNullable()
      moment(table, 'closed_at').nullable()
      table.integer('closed_by').unsigned().nullable()
      table.string('closing', 500).nullable()
      flagWhen(table, 'live', "state = 'running'")
      editable(table)
      table.unique(['part_id', 'live'])
      table.index(['state', 'id'])
    })

    /** A step of the clock that was due: never changed, at most once a run. */
    this.schema.createTable('supervision_steps', (table) => {
      table.increments('id')
      reference(table, 'order_id', 'supervision_orders').notNullable()
      table.integer('run').unsigned().notNullable()
      /** 0 reminder, 1 head of unit, 2 joint meeting, 3 leading group */
      table.integer('step').unsigned().notNullable()
      /** To the minute by working time, and when the job came to it. */
      moment(table, 'due_at').notNullable()
      moment(table, 'told_at').notNullable()
      /** yellow, red */
      table.string('card', 8).nullable()
      /** The unit had handed in before: found when the office accepted it. */
      moment(table, 'lifted_at').nullable()
      table.unique(['order_id', 'run', 'step'])
    })

    this.schema.createTable('supervision_notices', (table) => {
      table.increments('id')
      reference(table, 'step_id', 'supervision_steps').notNullable()
      /** 0 the unit's liaison, 1 head of unit, 2 joint meeting, 3 leading group, 4 supervising body */
      table.integer('level').unsigned().notNullable()
      reference(table, 'seat_id', 'body_seats').nullable().index()
      reference(table, 'unit_id', 'units').nullable().index()
      table.string('title', 120).notNullable()
      reference(table, 'person_id', 'persons').nullable().index()
      table.string('name', 60).nullable()
      /** Nobody holds the post: it went on to the next level. */
      table.boolean('vacant').notNullable()
      moment(table, 'seen_at').nullable()
      table.integer('seen_by').unsigned().nullable()
    })
  }

  async down() {
    for (const name of TABLES) this.schema.dropTable(name)
  }
}

const TABLES = [
  'supervision_notices',
  'supervision_steps',
  'supervision_orders',
  'task_extensions',
  'task_reports',
  'task_parts',
  'tasks',
  'resolutions',
  'meeting_seats',
  'meeting_items',
  'meetings',
  'post_holders',
  'body_seats',
  'bodies',
]
