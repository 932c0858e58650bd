import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('recruitments', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      table.string('title', 200).notNullable()
      /** open, talent, growth */
      table.string('kind', 12).notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      /** The programme's document that allows it. */
      reference(table, 'document_id', 'documents').notNullable()
      /** The approval of the personnel authority. */
      reference(table, 'approval_document_id', 'documents').nullable()
      table.string('funding_type', 20).notNullable()
      table.string('state', 12).notNullable()
      table.date('apply_from').notNullable()
      table.date('apply_to').notNullable()
      table.date('tests_on').nullable()
      table.string('tests_place', 200).nullable()
      /** Percent; the rest is the interview's. 0: direct assessment. */
      table.integer('written_weight').unsigned().notNullable()
      table.integer('open_ratio').unsigned().notNullable()
      table.integer('interview_ratio').unsigned().notNullable()
      /** Hundredths of a point. */
      table.integer('pass_score').unsigned().notNullable()
      table.boolean('drop_extremes').notNullable()
      /** Names of the keys, in their order, with commas. */
      table.string('tie_keys', 120).notNullable()
      table.integer('publicity_days').unsigned().notNullable()
      table.integer('seats_per_room').unsigned().notNullable().defaultTo(30)
      /** Years of service that the growth path asks for. */
      table.integer('min_years').unsigned().notNullable().defaultTo(0)
      moment(table, 'written_closed_at').nullable()
      moment(table, 'interview_closed_at').nullable()
      table.date('announced_on').nullable()
      table.date('publicity_from').nullable()
      table.date('publicity_to').nullable()
      table.string('comment', 500).nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('approved_by').unsigned().nullable()
      editable(table)
      table.check('written_weight <= 100', {}, 'recruitments_weight')
      table.check('apply_to >= apply_from', {}, 'recruitments_period')
      table.check(
        'approved_by is null or prepared_by is null or approved_by <> prepared_by',
        {},
        'recruitments_two_people'
      )
    })

    this.schema.createTable('recruitment_posts', (table) => {
      table.increments('id')
      reference(table, 'recruitment_id', 'recruitments').notNullable()
      reference(table, 'post_id', 'posts').notNullable()
      /** 用编申请 that holds its seats; another one after each submission. */
      reference(table, 'quota_request_id', 'quota_requests').nullable()
      table.string('category', 20).notNullable()
      table.integer('places').unsigned().notNullable()
      table.integer('planned_places').unsigned().notNullable()
      table.string('min_education', 20).nullable()
      table.integer('max_age').unsigned().nullable()
      table.string('requirements', 500).nullable()
      /** Opened below the ratio by this document. */
      reference(table, 'ratio_document_id', 'documents').nullable()
      editable(table)
      table.unique(['recruitment_id', 'post_id'])
      table.check('places <= planned_places', {}, 'recruitment_posts_places')
    })

    this.schema.createTable('recruitment_applications', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'recruitment_id', 'recruitments').notNullable()
      reference(table, 'recruitment_post_id', 'recruitment_posts').notNullable()
      table.string('state', 12).notNullable()
      table.string('name', 80).notNullable()
      table.string('sex', 10).notNullable()
      table.date('birth_on').notNullable()
      table.text('identity_sealed').notNullable()
      table.string('identity_digest', 64).notNullable()
      table.string('identity_masked', 40).notNullable()
      table.text('phone_sealed').notNullable()
      table.string('phone_masked', 40).notNullable()
      table.text('email_sealed').nullable()
      /** School, experience, relatives in the unit: as the applicant wrote them. */
      table.text('particulars_sealed').notNullable()
      table.string('education', 20).notNullable()
      table.string('major', 120).nullable()
      table.string('political_status', 30).nullable()
      /** Months of service that count for the growth path. */
      table.integer('service_months').unsigned().notNullable().defaultTo(0)
      reference(table, 'person_id', 'persons').nullable()
      /** SHA-256 of what was handed in; stands on the receipt. */
      table.string('content_hash', 64).notNullable()
      table.string('receipt_digest', 64).notNullable().unique()
      moment(table, 'submitted_at').notNullable()
      table.string('review_reason', 500).nullable()
      table.integer('reviewed_by').unsigned().nullable()
      table.string('ticket_no', 40).nullable()
      table.integer('room_no').unsigned().nullable()
      table.integer('seat_no').unsigned().nullable()
      table.boolean('shortlisted').nullable()
      table.integer('written_score').unsigned().nullable()
      table.integer('interview_score').unsigned().nullable()
      table.integer('total_score').unsigned().nullable()
      /** A further test that parts a tie at the last place. */
      table.integer('extra_score').unsigned().nullable()
      table.integer('rank_no').unsigned().nullable()
      table.boolean('backfill').notNullable().defaultTo(false)
      /** Stood in a publicity that ran its days. */
      table.boolean('publicised').notNullable().defaultTo(false)
      /** passed, failed */
      table.string('background', 12).nullable()
      table.string('medical', 12).nullable()
      table.string('background_note', 500).nullable()
      table.string('medical_note', 500).nullable()
      table.string('drop_reason', 500).nullable()
      table.string('contract_no', 80).nullable()
      table.date('hired_on').nullable()
      reference(table, 'assignment_id', 'assignments').nullable()
      flagWhen(table, 'live', "state <> 'withdrawn'")
      editable(table)
      table.unique(['recruitment_id', 'identity_digest', 'live'], {
        indexName: 'recruitment_applications_once',
      })
      table.index(['recruitment_id', 'state', 'id'], 'recruitment_applications_state')
      table.index(['recruitment_post_id', 'rank_no'], 'recruitment_applications_rank')
    })

    this.schema.createTable('recruitment_examiners', (table) => {
      table.increments('id')
      reference(table, 'recruitment_id', 'recruitments').notNullable()
      table.string('name', 80).notNullable()
      table.string('organization', 120).nullable()
      reference(table, 'person_id', 'persons').nullable()
      moment(table, 'created_at').notNullable()
      table.unique(['recruitment_id', 'name'])
    })

    /** 回避: this examiner does not score this applicant. */
    this.schema.createTable('recruitment_recusals', (table) => {
      table.increments('id')
      reference(table, 'application_id', 'recruitment_applications').notNullable()
      reference(table, 'examiner_id', 'recruitment_examiners').notNullable()
      table.string('reason', 500).notNullable()
      moment(table, 'created_at').notNullable()
      table.unique(['application_id', 'examiner_id'])
    })

    /** Who typed a score sheet, the first time (1) or the second (2): always two people. */
    this.schema.createTable('recruitment_entries', (table) => {
      table.increments('id')
      reference(table, 'recruitment_id', 'recruitments').notNullable()
      /** written, interview */
      table.string('stage', 12).notNullable()
      /** 0: the written test has one sheet. */
      table.integer('examiner_id').unsigned().notNullable()
      table.integer('entry').unsigned().notNullable()
      table.integer('user_id').unsigned().notNullable()
      /** typed, imported, countersigned */
      table.string('source', 16).notNullable()
      moment(table, 'created_at').notNullable()
      table.unique(['recruitment_id', 'stage', 'examiner_id', 'entry'], {
        indexName: 'recruitment_entries_once',
      })
      table.unique(['recruitment_id', 'stage', 'examiner_id', 'user_id'], {
        indexName: 'recruitment_entries_two_people',
      })
      table.check('entry in (1, 2)', {}, 'recruitment_entries_entry')
    })

    this.schema.createTable('recruitment_scores', (table) => {
      table.increments('id')
      reference(table, 'entry_id', 'recruitment_entries').notNullable()
      reference(table, 'application_id', 'recruitment_applications').notNullable()
      /** Hundredths of a point; null: absent (缺考). */
      table.integer('score').unsigned().nullable()
      table.unique(['entry_id', 'application_id'])
      table.check('score is null or score <= 10000', {}, 'recruitment_scores_range')
    })

    /** A score changed after closing: an exception with a document, signed by another person. */
    this.schema.createTable('recruitment_score_changes', (table) => {
      table.increments('id')
      reference(table, 'application_id', 'recruitment_applications').notNullable()
      table.string('stage', 12).notNullable()
      table.integer('before_score').unsigned().nullable()
      table.integer('after_score').unsigned().nullable()
      table.string('reason', 500).notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      /** submitted, approved, refused */
      table.string('state', 12).notNullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      editable(table)
      table.check(
        'decided_by is null or prepared_by is null or decided_by <> prepared_by',
        {},
        'recruitment_score_changes_two_people'
      )
    })

    this.schema.createTable('recruitment_objections', (table) => {
      table.increments('id')
      reference(table, 'recruitment_id', 'recruitments').notNullable()
      reference(table, 'application_id', 'recruitment_applications').nullable()
      table.text('content_sealed').notNullable()
      table.date('received_on').notNullable()
      /** open, accepted, rejected */
      table.string('state', 12).notNullable()
      table.string('answer', 500).nullable()
      table.integer('answered_by').unsigned().nullable()
      editable(table)
    })
  }

  async down() {
    for (const name of [
      'recruitment_objections',
      'recruitment_score_changes',
      'recruitment_scores',
      'recruitment_entries',
      'recruitment_recusals',
      'recruitment_examiners',
      'recruitment_applications',
      'recruitment_posts',
      'recruitments',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
