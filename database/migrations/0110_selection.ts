import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /** 用工合同 of people outside the establishment; a new one continues the one before it. */
    this.schema.createTable('contracts', (table) => {
      table.increments('id')
      reference(table, 'person_id', 'persons').notNullable()
      /** direct: 劳动合同; agency: 劳务派遣, the agency is the employer. */
      table.string('form', 12).notNullable()
      table.string('employer', 120).notNullable()
      /** First day in service: years go on from here. */
      table.date('hired_on').notNullable()
      table.date('starts_on').notNullable()
      /** Null: 无固定期限. */
      table.date('ends_on').nullable()
      table.bigInteger('average_pay_fen').nullable()
      reference(table, 'continues_id', 'contracts').nullable()
      /** Holds once this batch is executed. */
      reference(table, 'batch_id', 'transfer_batches').nullable()
      editable(table)
      table.unique(['person_id', 'starts_on', 'employer'])
      table.check('hired_on <= starts_on', {}, 'contracts_hired_before')
    })

    this.schema.createTable('selection_rounds', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      table.string('name', 200).notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      reference(table, 'previous_id', 'selection_rounds').nullable()
      /** preparation, preferences, ranking, matching, publicity, confirmation, arrangement, closed */
      table.string('state', 16).notNullable()
      /** False: preferences came on a sheet and were never sealed. */
      table.boolean('sealed').notNullable().defaultTo(true)
      table.date('preferences_from').notNullable()
      table.date('preferences_until').notNullable()
      table.date('ranking_until').notNullable()
      table.integer('publicity_days').unsigned().notNullable()
      table.integer('objection_days').unsigned().notNullable()
      table.integer('confirmation_days').unsigned().notNullable()
      table.integer('max_preferences').unsigned().notNullable()
      /** Published keys that part people of one score, as JSON; then the lot. */
      table.text('tie_keys').notNullable()
      /** Salt of the pseudonyms, sealed. */
      table.text('salt_sealed').notNullable()
      table.string('list_hash', 64).nullable()
      table.string('seed', 64).nullable()
      moment(table, 'seed_drawn_at').nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('approved_by').unsigned().nullable()
      moment(table, 'approved_at').nullable()
      /** The matching that holds now. */
      table.integer('matching_id').unsigned().nullable()
      table.date('publicity_from').nullable()
      table.date('publicity_until').nullable()
      table.date('confirmation_until').nullable()
      editable(table)
      table.index(['state'])
      table.check(
        'approved_by is null or prepared_by is null or approved_by <> prepared_by',
        {},
        'selection_rounds_two_people'
      )
      table.check('seed is null or list_hash is not null', {}, 'selection_rounds_list_first')
    })

    /** Who ranks: a list for one post, or for several that share a cap (capacity set). */
    this.schema.createTable('selection_lists', (table) => {
      table.increments('id')
      reference(table, 'round_id', 'selection_rounds').notNullable()
      table.string('code', 40).notNullable()
      table.string('name', 120).notNullable()
      table.integer('capacity').unsigned().nullable()
      editable(table)
      table.unique(['round_id', 'code'])
    })

    this.schema.createTable('selection_posts', (table) => {
      table.increments('id')
      reference(table, 'round_id', 'selection_rounds').notNullable()
      reference(table, 'post_id', 'posts').notNullable()
      reference(table, 'list_id', 'selection_lists').notNullable()
      table.string('code', 40).notNullable()
      table.integer('capacity').unsigned().notNullable()
      table.integer('minimum').unsigned().notNullable().defaultTo(0)
      /** Post natures that may apply, as JSON. */
      table.text('natures').notNullable()
      table.string('requirements', 500).nullable()
      editable(table)
      table.unique(['round_id', 'post_id'])
      table.unique(['round_id', 'code'])
      table.check('minimum <= capacity', {}, 'selection_posts_minimum')
    })

    this.schema.createTable('selection_scorers', (table) => {
      table.increments('id')
      reference(table, 'list_id', 'selection_lists').notNullable()
      reference(table, 'user_id', 'users').notNullable()
      /** Exact decimal text. */
      table.string('weight', 12).notNullable()
      editable(table)
      table.unique(['list_id', 'user_id'])
    })

    this.schema.createTable('selection_participants', (table) => {
      table.increments('id')
      reference(table, 'round_id', 'selection_rounds').notNullable()
      reference(table, 'person_id', 'persons').notNullable()
      reference(table, 'assignment_id', 'assignments').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      reference(table, 'department_id', 'departments').nullable()
      table.string('nature', 20).notNullable()
      table.string('pseudonym', 16).notNullable()
      /** open, signed, declined */
      table.string('answer', 12).notNullable().defaultTo('open')
      moment(table, 'answered_at').nullable()
      table.string('answer_note', 500).nullable()
      table.integer('answered_by').unsigned().nullable()
      /** Re-engagement that carries it out. */
      reference(table, 'batch_id', 'transfer_batches').nullable()
      editable(table)
      table.unique(['round_id', 'person_id'])
      table.unique(['round_id', 'pseudonym'])
      table.index(['person_id'])
    })

    /** Choices, each padded and encrypted: the order for the end of ranking, the set for its start. */
    this.schema.createTable('selection_preferences', (table) => {
      table.increments('id')
      reference(table, 'participant_id', 'selection_participants').notNullable().unique()
      table.text('order_sealed').notNullable()
      table.text('set_sealed').notNullable()
      /** self, paper, sheet, late */
      table.string('source', 12).notNullable()
      editable(table)
    })

    this.schema.createTable('selection_receipts', (table) => {
      table.increments('id')
      reference(table, 'participant_id', 'selection_participants').notNullable()
      table.integer('revision').unsigned().notNullable()
      table.string('hash', 64).notNullable()
      table.string('source', 12).notNullable()
      moment(table, 'saved_at').notNullable()
      table.unique(['participant_id', 'revision'])
    })

    /** A paper form: typed by one, typed again by the other, the scan beside it. */
    this.schema.createTable('selection_papers', (table) => {
      table.increments('id')
      reference(table, 'participant_id', 'selection_participants').notNullable()
      table.text('entry_sealed').notNullable()
      reference(table, 'file_id', 'files').notNullable()
      /** waiting, confirmed, discarded */
      table.string('state', 12).notNullable()
      reference(table, 'first_id', 'users').notNullable()
      reference(table, 'second_id', 'users').notNullable()
      editable(table)
      table.check('first_id <> second_id', {}, 'selection_papers_two_people')
      table.index(['participant_id'])
    })

    /** A late entry: asked for with a reason by one, allowed by another. */
    this.schema.createTable('selection_permits', (table) => {
      table.increments('id')
      reference(table, 'participant_id', 'selection_participants').notNullable()
      table.string('reason', 500).notNullable()
      /** asked, approved, refused, used */
      table.string('state', 12).notNullable()
      table.integer('asked_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      flagWhen(table, 'live', "state in ('asked', 'approved')")
      editable(table)
      table.unique(['participant_id', 'live'])
      table.check(
        'decided_by is null or asked_by is null or decided_by <> asked_by',
        {},
        'selection_permits_two_people'
      )
    })

    /** One scorer's word on one person: a score, unacceptable, or withdrawn for interest (回避). */
    this.schema.createTable('selection_scores', (table) => {
      table.increments('id')
      reference(table, 'scorer_id', 'selection_scorers').notNullable()
      reference(table, 'participant_id', 'selection_participants').notNullable()
      /** score, unacceptable, withdrawn */
      table.string('kind', 16).notNullable()
      /** Hundredths of a point. */
      table.integer('score_centi').unsigned().nullable()
      table.string('reason', 500).nullable()
      editable(table)
      table.unique(['scorer_id', 'participant_id'])
      table.check("kind <> 'score' or score_centi is not null", {}, 'selection_scores_value')
      table.check("kind = 'score' or reason is not null", {}, 'selection_scores_reason')
    })

    /** What the list says of a person once ranking is closed, or as a sheet or an objection has it. */
    this.schema.createTable('selection_rankings', (table) => {
      table.increments('id')
      reference(table, 'list_id', 'selection_lists').notNullable()
      reference(table, 'participant_id', 'selection_participants').notNullable()
      /** Null: unacceptable. */
      table.integer('score_centi').unsigned().nullable()
      table.string('reason', 500).nullable()
      /** scorers, sheet, objection */
      table.string('source', 12).notNullable()
      editable(table)
      table.unique(['list_id', 'participant_id'])
      table.check('score_centi is not null or reason is not null', {}, 'selection_rankings_reason')
    })

    /** Every result that was computed; never changed. */
    this.schema.createTable('selection_matchings', (table) => {
      table.increments('id')
      reference(table, 'round_id', 'selection_rounds').notNullable()
      table.integer('run').unsigned().notNullable()
      /** first, objection, decline, backfill, exception, placement */
      table.string('kind', 12).notNullable()
      reference(table, 'previous_id', 'selection_matchings').nullable()
      table.integer('cause_id').unsigned().nullable()
      /** What the solver was given, with pseudonyms: the verification file. */
      table.text('instance', 'longtext').notNullable()
      table.string('instance_hash', 64).notNullable()
      /** Blocking pairs and violations that the checker found. */
      table.text('check_result', 'longtext').notNullable()
      table.text('summary', 'longtext').notNullable()
      reference(table, 'certificate_id', 'certificates').nullable()
      table.integer('made_by').unsigned().nullable()
      moment(table, 'made_at').notNullable()
      moment(table, 'published_at').nullable()
      table.unique(['round_id', 'run'])
    })

    this.schema.createTable('selection_results', (table) => {
      table.increments('id')
      reference(table, 'matching_id', 'selection_matchings').notNullable()
      reference(table, 'participant_id', 'selection_participants').notNullable()
      reference(table, 'post_id', 'selection_posts').nullable()
      /** Number of the preference that was met, from 1. */
      table.integer('choice').unsigned().nullable()
      /** matched, kept, placed, exception, unplaced */
      table.string('way', 12).notNullable()
      table.text('why', 'longtext').notNullable()
      table.unique(['matching_id', 'participant_id'])
      table.index(['participant_id'])
    })

    this.schema.createTable('selection_objections', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'round_id', 'selection_rounds').notNullable()
      reference(table, 'participant_id', 'selection_participants').notNullable()
      reference(table, 'list_id', 'selection_lists').nullable()
      table.string('body', 2000).notNullable()
      reference(table, 'file_id', 'files').nullable()
      /** filed, accepted, rejected, withdrawn */
      table.string('state', 12).notNullable()
      table.date('answer_due').notNullable()
      table.string('answer', 2000).nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.integer('score_before').unsigned().nullable()
      table.integer('score_after').unsigned().nullable()
      table.integer('filed_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'decided_at').nullable()
      editable(table)
      table.index(['round_id', 'state'])
    })

    /** A hand change: an exception with document and approval. */
    this.schema.createTable('selection_exceptions', (table) => {
      table.increments('id')
      reference(table, 'round_id', 'selection_rounds').notNullable()
      reference(table, 'participant_id', 'selection_participants').notNullable()
      reference(table, 'post_id', 'selection_posts').nullable()
      table.string('reason', 500).notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      /** The matching whose blocking pairs were shown. */
      reference(table, 'matching_id', 'selection_matchings').notNullable()
      table.text('blocking', 'longtext').notNullable()
      /** asked, approved, refused */
      table.string('state', 12).notNullable()
      table.integer('asked_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      editable(table)
      table.check(
        'decided_by is null or asked_by is null or decided_by <> asked_by',
        {},
        'selection_exceptions_two_people'
      )
    })

    /** Everybody without a place, with an owner and a next step until it is settled. */
    this.schema.createTable('selection_arrangements', (table) => {
      table.increments('id')
      reference(table, 'round_id', 'selection_rounds').notNullable()
      reference(table, 'participant_id', 'selection_participants').notNullable().unique()
      table.integer('owner_id').unsigned().nullable()
      /** unplaced, declined, silent */
      table.string('cause', 12).notNullable()
      /** decide, placement, next_round, training, other_post, ending */
      table.string('next_step', 16).notNullable()
      table.date('due_on').nullable()
      table.string('note', 500).nullable()
      /** open, settled */
      table.string('state', 12).notNullable()
      /** placed, next_round, other_post, stays, ended */
      table.string('outcome', 16).nullable()
      moment(table, 'settled_at').nullable()
      editable(table)
      table.index(['round_id', 'state'])
    })

    /** An ending is proposed to named HR officers only, never of protected people. */
    this.schema.createTable('selection_endings', (table) => {
      table.increments('id')
      reference(table, 'arrangement_id', 'selection_arrangements').notNullable()
      reference(table, 'contract_id', 'contracts').notNullable()
      table.date('ends_on').notNullable()
      table.boolean('pay_for_notice').notNullable()
      table.date('served_on').nullable()
      /** How the compensation was computed, step by step. */
      table.text('basis', 'longtext').notNullable()
      table.bigInteger('compensation_fen').notNullable()
      table.string('reason', 500).notNullable()
      /** asked, approved, refused, done */
      table.string('state', 12).notNullable()
      table.integer('asked_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      reference(table, 'document_id', 'documents').nullable()
      flagWhen(table, 'live', "state in ('asked', 'approved', 'done')")
      editable(table)
      table.unique(['arrangement_id', 'live'])
      table.check(
        'decided_by is null or asked_by is null or decided_by <> asked_by',
        {},
        'selection_endings_two_people'
      )
    })
  }

  async down() {
    for (const name of [
      'selection_endings',
      'selection_arrangements',
      'selection_exceptions',
      'selection_objections',
      'selection_results',
      'selection_matchings',
      'selection_rankings',
      'selection_scores',
      'selection_permits',
      'selection_papers',
      'selection_receipts',
      'selection_preferences',
      'selection_participants',
      'selection_scorers',
      'selection_posts',
      'selection_lists',
      'selection_rounds',
      'contracts',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
