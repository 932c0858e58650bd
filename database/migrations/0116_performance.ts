import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('indicators', (table) => {
      table.increments('id')
      table.string('code', 40).notNullable().unique()
      table.string('name', 60).notNullable().unique()
      /** quantity, quality, attendance, adjustment, veto */
      table.string('kind', 12).notNullable()
      /** What it is counted in: 分, 篇, 次. */
      table.string('measure', 20).notNullable()
      /** entered (by scorers), imported, computed (from records), work_points */
      table.string('source', 12).notNullable()
      editable(table)
    })

    /** The formula of an indicator over time; null: the value counts as it is. */
    this.schema.createTable('indicator_versions', (table) => {
      table.increments('id')
      reference(table, 'indicator_id', 'indicators').notNullable()
      table.date('valid_from').notNullable()
      table.string('formula', 2000).nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['indicator_id', 'valid_from', 'live'])
    })

    /** A scheme of a class of posts from a day on; a change is a new row of the same code. */
    this.schema.createTable('score_schemes', (table) => {
      table.increments('id')
      table.string('code', 40).notNullable()
      table.string('name', 120).notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      /** month, quarter, year */
      table.string('cycle_kind', 12).notNullable()
      /** The class: null means every. */
      table.string('nature', 20).nullable()
      table.string('category', 20).nullable()
      table.string('employment_type', 20).nullable()
      table.string('formula', 2000).notNullable()
      /** Exact decimal: what a front-line score is multiplied with. */
      table.string('front_line_tilt', 12).notNullable()
      /** Hundredths of a per cent by role of the scorer, together 10000. */
      table.integer('manager_weight').unsigned().notNullable()
      table.integer('peer_weight').unsigned().notNullable()
      table.integer('service_weight').unsigned().notNullable()
      table.date('valid_from').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['code', 'valid_from', 'live'])
      table.check(
        'manager_weight + peer_weight + service_weight = 10000',
        {},
        'score_schemes_scorers'
      )
    })

    this.schema.createTable('scheme_items', (table) => {
      table.increments('id')
      reference(table, 'scheme_id', 'score_schemes').notNullable()
      reference(table, 'indicator_id', 'indicators').notNullable()
      /** Hundredths of a per cent; 0 for what is not weighted (attendance, bonus, veto). */
      table.integer('weight').unsigned().notNullable()
      table.integer('item_no').unsigned().notNullable()
      table.unique(['scheme_id', 'indicator_id'])
    })

    /** Work points (工分): never changed; a mistake is reversed by a second entry. */
    this.schema.createTable('work_points', (table) => {
      table.increments('id')
      /** Names the fact once and for all: `story:12:author:5`. */
      table.string('entry_key', 190).notNullable().unique()
      reference(table, 'person_id', 'persons').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      reference(table, 'department_id', 'departments').nullable()
      table.string('kind', 40).notNullable()
      table.string('piece', 200).notNullable()
      /** Thousandths of a point. */
      table.bigInteger('points_milli').notNullable()
      table.date('worked_on').notNullable()
      /** The entry that this one takes back: once. */
      table.integer('reverses_id').unsigned().nullable().unique()
      table.string('reason', 500).nullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.index(['person_id', 'worked_on'])
      table.index(['unit_id', 'worked_on'])
    })

    /** 岗位价值系数: of a post, or of every post of a nature and name; dated. */
    this.schema.createTable('post_values', (table) => {
      table.increments('id')
      /** `post:12`, or `name:editorial:记者` */
      table.string('subject_key', 160).notNullable()
      reference(table, 'post_id', 'posts').nullable()
      table.string('nature', 20).nullable()
      table.string('post_name', 120).nullable()
      table.string('coefficient', 12).notNullable()
      table.boolean('front_line').nullable()
      /** sheet, evaluation */
      table.string('basis', 12).notNullable()
      /** Of an evaluation by points: factor → level, points. */
      table.text('factors').nullable()
      table.date('valid_from').notNullable()
      reference(table, 'document_id', 'documents').nullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['subject_key', 'valid_from', 'live'])
    })

    this.schema.createTable('review_cycles', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      table.string('title', 200).notNullable()
      /** month, quarter, year */
      table.string('kind', 12).notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.date('period_from').notNullable()
      /** Half-open: the day after the last. */
      table.date('period_to').notNullable()
      /** planned, self_report, scoring, calibration, decision, publicity, signing, closed, cancelled */
      table.string('state', 12).notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.date('score_by').nullable()
      /** Smallest group of peers whose answers are shown and counted. */
      table.integer('minimum_group').unsigned().notNullable()
      table.integer('appeal_days').unsigned().notNullable()
      table.date('publicity_from').nullable()
      table.date('publicity_to').nullable()
      table.date('appeal_to').nullable()
      /** The record of the collective decision (集体研究). */
      reference(table, 'decision_document_id', 'documents').nullable()
      table.string('decision_comment', 500).nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('resolved_by').unsigned().nullable()
      editable(table)
      table.check('period_from < period_to', {}, 'review_cycles_period')
      flagWhen(table, 'live', "state <> 'cancelled'")
      table.unique(['unit_id', 'kind', 'period_from', 'live'])
    })

    /** Units whose people take part: the unit itself and, in the year of a merger, its predecessors. */
    this.schema.createTable('review_cycle_units', (table) => {
      table.increments('id')
      reference(table, 'cycle_id', 'review_cycles').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.unique(['cycle_id', 'unit_id'])
    })

    /** 优秀名额 by kind of employment. In a year's cycle the cap binds: the CHECK says so. */
    this.schema.createTable('excellent_quotas', (table) => {
      table.increments('id')
      reference(table, 'cycle_id', 'review_cycles').notNullable()
      table.string('employment_type', 20).notNullable()
      table.integer('base').unsigned().notNullable()
      /** Hundredths of a per cent; null: the class has its own scheme without a cap. */
      table.integer('rate').unsigned().nullable()
      table.integer('cap').unsigned().nullable()
      table.boolean('binding').notNullable()
      table.integer('used').notNullable().defaultTo(0)
      reference(table, 'document_id', 'documents').nullable()
      table.unique(['cycle_id', 'employment_type'])
      table.check('used >= 0', {}, 'excellent_quotas_not_below_zero')
      table.check('binding = 0 or cap is null or used <= cap', {}, 'excellent_quotas_cap')
    })

    /** Who scores whom in which role. */
    this.schema.createTable('cycle_scorers', (table) => {
      table.increments('id')
      reference(table, 'cycle_id', 'review_cycles').notNullable()
      table.integer('user_id').unsigned().notNullable()
      /** manager, peer, service */
      table.string('role', 12).notNullable()
      reference(table, 'unit_id', 'units').nullable()
      reference(table, 'department_id', 'departments').nullable()
      moment(table, 'created_at').notNullable()
      table.unique(['cycle_id', 'user_id', 'department_id', 'unit_id'], {
        indexName: 'cycle_scorers_once',
      })
    })

    this.schema.createTable('scorecards', (table) => {
      table.increments('id')
      reference(table, 'cycle_id', 'review_cycles').notNullable()
      reference(table, 'person_id', 'persons').notNullable()
      /** Where the person stands at the end of the period (or stood last). */
      reference(table, 'unit_id', 'units').notNullable()
      reference(table, 'department_id', 'departments').nullable()
      reference(table, 'post_id', 'posts').nullable()
      table.string('nature', 20).nullable()
      table.string('category', 20).nullable()
      table.string('employment_type', 20).notNullable()
      table.boolean('front_line').notNullable()
      table.string('coefficient', 12).nullable()
      reference(table, 'scheme_id', 'score_schemes').nullable()
      /** graded, comment_only, undetermined, leader, left */
      table.string('outlook', 16).notNullable()
      table.boolean('in_base').notNullable()
      /** What is particular (moved, joined, leave…), by the rules, as JSON. */
      table.text('cases').notNullable()
      table.text('self_report').nullable()
      moment(table, 'self_reported_at').nullable()
      /** Exact decimals. */
      table.string('quantity', 24).nullable()
      table.string('quality', 24).nullable()
      table.string('adjustment', 24).nullable()
      table.string('attendance', 24).nullable()
      table.string('score', 24).nullable()
      /** How the score came about, as JSON. */
      table.text('trace', 'longtext').nullable()
      table.string('rating', 24).nullable()
      moment(table, 'signed_at').nullable()
      table.boolean('signed_agreed').nullable()
      table.string('sign_comment', 500).nullable()
      editable(table)
      table.unique(['cycle_id', 'person_id'])
      table.index(['person_id'])
      table.index(['cycle_id', 'department_id'])
    })

    /** The value of an indicator on a card. */
    this.schema.createTable('card_values', (table) => {
      table.increments('id')
      reference(table, 'scorecard_id', 'scorecards').notNullable()
      reference(table, 'indicator_id', 'indicators').notNullable()
      table.string('value', 24).notNullable()
      /** entered, imported, computed, work_points, corrected */
      table.string('source', 12).notNullable()
      table.integer('source_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.unique(['scorecard_id', 'indicator_id'])
    })

    /** What one scorer gave one person; autosaved, then handed in. */
    this.schema.createTable('scorings', (table) => {
      table.increments('id')
      reference(table, 'scorecard_id', 'scorecards').notNullable()
      table.integer('user_id').unsigned().notNullable()
      table.string('role', 12).notNullable()
      /** Indicator id → exact decimal, as JSON. */
      table.text('scores').notNullable()
      table.string('comment', 500).nullable()
      /** open, submitted */
      table.string('state', 12).notNullable()
      editable(table)
      table.unique(['scorecard_id', 'user_id'])
    })

    /** Every change of a score or a rating after scoring, with its reason: the versions of a result. */
    this.schema.createTable('scorecard_changes', (table) => {
      table.increments('id')
      reference(table, 'scorecard_id', 'scorecards').notNullable()
      table.integer('result_version').unsigned().notNullable()
      /** import, calibration, decision, appeal, correction */
      table.string('stage', 12).notNullable()
      table.string('score_before', 24).nullable()
      table.string('score_after', 24).nullable()
      table.string('rating_before', 24).nullable()
      table.string('rating_after', 24).nullable()
      table.string('reason', 500).nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.unique(['scorecard_id', 'result_version'])
    })

    /** 申诉 of the person, or an objection (异议) of anybody during publicity. */
    this.schema.createTable('review_appeals', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'scorecard_id', 'scorecards').notNullable()
      /** appeal, objection */
      table.string('kind', 12).notNullable()
      table.string('reason', 1000).notNullable()
      table.string('raised_by_name', 60).notNullable()
      /** submitted, upheld (changed), rejected (kept), withdrawn */
      table.string('state', 12).notNullable()
      table.string('answer', 1000).nullable()
      table.integer('raised_by').unsigned().nullable()
      table.integer('answered_by').unsigned().nullable()
      moment(table, 'answered_at').nullable()
      editable(table)
      flagWhen(table, 'open_appeal', "state = 'submitted' and kind = 'appeal'")
      table.unique(['scorecard_id', 'open_appeal'])
      table.index(['state'])
    })

    /** What a rating leads to (art. 28–31): proposed to those who decide pay and grade. */
    this.schema.createTable('rating_proposals', (table) => {
      table.increments('id')
      reference(table, 'scorecard_id', 'scorecards').notNullable()
      /** step_up, no_step, pay_full, pay_reduced, grade_down */
      table.string('kind', 16).notNullable()
      table.integer('result_version').unsigned().notNullable()
      moment(table, 'created_at').notNullable()
      table.unique(['scorecard_id', 'kind', 'result_version'], {
        indexName: 'rating_proposals_once',
      })
    })
  }

  async down() {
    for (const name of [
      'rating_proposals',
      'review_appeals',
      'scorecard_changes',
      'scorings',
      'card_values',
      'scorecards',
      'cycle_scorers',
      'excellent_quotas',
      'review_cycle_units',
      'review_cycles',
      'post_values',
      'work_points',
      'scheme_items',
      'score_schemes',
      'indicator_versions',
      'indicators',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
