import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /** 冻结期: declared from the decision on dates and units, at most one stands. */
    this.schema.createTable('freezes', (table) => {
      table.increments('id')
      reference(table, 'decision_id', 'decisions').notNullable()
      reference(table, 'document_id', 'documents').nullable()
      /** Half-open. */
      table.date('from_on').notNullable()
      table.date('to_on').notNullable()
      /** declared, ended */
      table.string('state', 12).notNullable()
      table.date('ended_on').nullable()
      table.integer('declared_by').unsigned().nullable()
      /** What the spending watch looks for: amounts near a ceiling, and bursts at the end. */
      table.integer('near_percent').unsigned().notNullable()
      table.integer('near_days').unsigned().notNullable()
      table.integer('near_count').unsigned().notNullable()
      table.integer('burst_days').unsigned().notNullable()
      table.integer('burst_percent').unsigned().notNullable()
      flagWhen(table, 'live', "state = 'declared'")
      editable(table)
      table.unique(['live'])
      table.check('to_on > from_on', {}, 'freezes_dates')
    })

    this.schema.createTable('freeze_units', (table) => {
      table.increments('id')
      reference(table, 'freeze_id', 'freezes').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.unique(['freeze_id', 'unit_id'])
    })

    /** Documents of the programme: a batch under one of them is an approved reform batch. */
    this.schema.createTable('freeze_documents', (table) => {
      table.increments('id')
      reference(table, 'freeze_id', 'freezes').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.unique(['freeze_id', 'document_id'])
    })

    /** One rule with its own dates; a changed one is superseded, never overwritten. */
    this.schema.createTable('freeze_rules', (table) => {
      table.increments('id')
      reference(table, 'freeze_id', 'freezes').notNullable()
      /** personnel, posts, dividends, assets, spending, facilities */
      table.string('rule', 16).notNullable()
      table.date('from_on').notNullable()
      table.date('to_on').notNullable()
      reference(table, 'document_id', 'documents').nullable()
      table.string('reason', 500).nullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['freeze_id', 'rule', 'live'])
      table.check('to_on >= from_on', {}, 'freeze_rules_dates')
    })

    this.schema.createTable('exemptions', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'freeze_id', 'freezes').notNullable()
      table.string('rule', 16).notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      /** Whom it is for; without one it is for the unit. */
      reference(table, 'person_id', 'persons').nullable()
      table.string('what', 500).notNullable()
      table.string('why', 500).notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      /** Last day. */
      table.date('until_on').notNullable()
      /** Of spending: what may be spent by it altogether. */
      table.bigInteger('amount_fen').nullable()
      table.bigInteger('used_fen').notNullable().defaultTo(0)
      /** submitted, approved, refused, withdrawn, revoked */
      table.string('state', 12).notNullable()
      table.integer('asked_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'decided_at').nullable()
      table.string('comment', 500).nullable()
      editable(table)
      table.index(['state', 'id'])
      table.check('used_fen >= 0', {}, 'exemptions_used')
      table.check('amount_fen is null or used_fen <= amount_fen', {}, 'exemptions_cap')
      table.check(
        "state <> 'approved' or decided_by is null or decided_by <> asked_by",
        {},
        'exemptions_two_people'
      )
    })

    /** Every answer of the guard that matters: what it refused, and what it let pass and why. */
    this.schema.createTable('freeze_records', (table) => {
      table.increments('id')
      /** The same act asked again has the effect of once. */
      table.string('once_key', 64).notNullable().unique()
      /** refused, exempted, reform, allowed, before_freeze */
      table.string('outcome', 16).notNullable()
      table.string('rule', 16).notNullable()
      table.string('act', 60).notNullable()
      /** Of what is always allowed: retirement, correction, regular_pay… */
      table.string('allowed', 24).nullable()
      reference(table, 'freeze_id', 'freezes').nullable()
      /** What stands here stays although an import that made the unit is undone. */
      table.integer('unit_id').unsigned().notNullable()
      table.string('unit_name', 200).notNullable()
      table.integer('person_id').unsigned().nullable().index()
      table.string('subject_type', 40).nullable()
      table.integer('subject_id').unsigned().nullable()
      table.date('acts_on').notNullable()
      table.bigInteger('amount_fen').nullable()
      reference(table, 'exemption_id', 'exemptions').nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.integer('user_id').unsigned().nullable()
      table.string('user_name', 120).notNullable()
      table.string('request_id', 64).nullable().index()
      moment(table, 'occurred_at').notNullable()
      table.index(['outcome', 'id'])
      table.index(['unit_id', 'outcome'])
    })

    /** 必要日常开支: what a category may cost, dated. */
    this.schema.createTable('spending_limits', (table) => {
      table.increments('id')
      table.string('category', 24).notNullable()
      table.bigInteger('single_fen').notNullable()
      table.bigInteger('month_fen').notNullable()
      table.date('valid_from').notNullable()
      reference(table, 'document_id', 'documents').nullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('recorded_by').unsigned().nullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['category', 'valid_from', 'live'])
      table.check('single_fen >= 0 and month_fen >= single_fen', {}, 'spending_limits_order')
    })

    /** Daily spending of a unit, category and month: the ceiling holds by one guarded UPDATE. */
    this.schema.createTable('spending_rooms', (table) => {
      table.increments('id')
      reference(table, 'unit_id', 'units').notNullable()
      table.string('category', 24).notNullable()
      table.string('month', 7).notNullable()
      table.bigInteger('used_fen').notNullable().defaultTo(0)
      table.unique(['unit_id', 'category', 'month'])
      table.check('used_fen >= 0', {}, 'spending_rooms_used')
    })

    this.schema.createTable('spendings', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'unit_id', 'units').notNullable()
      table.string('category', 24).notNullable()
      table.string('payee', 200).notNullable()
      table.bigInteger('amount_fen').notNullable()
      table.string('purpose', 500).notNullable()
      /** 凭证号 */
      table.string('voucher_no', 60).notNullable()
      table.date('spent_on').notNullable()
      /** Why it was allowed: outside, before_freeze, daily, allowed, exempted, reform */
      table.string('basis', 16).notNullable()
      reference(table, 'exemption_id', 'exemptions').nullable()
      reference(table, 'document_id', 'documents').nullable()
      /** A wrong line is taken back by a line of its own, once. */
      reference(table, 'corrects_id', 'spendings').nullable().unique()
      table.integer('recorded_by').unsigned().nullable()
      editable(table)
      table.index(['unit_id', 'spent_on'])
      table.check('amount_fen <> 0', {}, 'spendings_amount')
    })

    this.schema.createTable('spending_warnings', (table) => {
      table.increments('id')
      table.string('once_key', 80).notNullable().unique()
      /** split, burst */
      table.string('kind', 12).notNullable()
      reference(table, 'freeze_id', 'freezes').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.string('payee', 200).nullable()
      table.string('category', 24).nullable()
      table.date('from_on').notNullable()
      table.date('to_on').notNullable()
      table.integer('payments').unsigned().notNullable()
      table.bigInteger('total_fen').notNullable()
      /** The ceiling, or what an equally long time cost before. */
      table.bigInteger('measure_fen').notNullable()
      /** open, cleared, referred, gone */
      table.string('state', 12).notNullable()
      table.string('comment', 500).nullable()
      table.integer('decided_by').unsigned().nullable()
      editable(table)
      table.index(['state', 'id'])
    })

    this.schema.createTable('assets', (table) => {
      table.increments('id')
      /** 资产编号 */
      table.string('code', 60).notNullable().unique()
      table.string('name', 200).notNullable()
      /** building, broadcast, office, vehicle, furniture, intangible, other */
      table.string('category', 16).notNullable()
      table.string('model', 200).nullable()
      reference(table, 'unit_id', 'units').notNullable()
      /** 保管人, as the sheet has it. */
      table.string('custodian', 120).nullable()
      table.string('place', 200).nullable()
      /** editorial, broadcast, office, commercial, rented, idle */
      table.string('purpose', 16).notNullable()
      /** good, repair, idle, scrap */
      table.string('condition_code', 12).notNullable()
      table.date('acquired_on').nullable()
      table.bigInteger('original_fen').notNullable()
      table.bigInteger('net_fen').notNullable()
      /** held, disposed */
      table.string('state', 12).notNullable()
      table.date('disposed_on').nullable()
      reference(table, 'document_id', 'documents').nullable()
      editable(table)
      table.index(['unit_id', 'state', 'id'])
      table.check('original_fen >= 0 and net_fen between 0 and original_fen', {}, 'assets_value')
    })

    /** 清产核资: a count of one unit's assets. */
    this.schema.createTable('asset_counts', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'unit_id', 'units').notNullable()
      table.date('as_of').notNullable()
      /** open, submitted, confirmed, returned, withdrawn */
      table.string('state', 12).notNullable()
      reference(table, 'document_id', 'documents').nullable()
      table.string('comment', 500).nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'decided_at').nullable()
      flagWhen(table, 'live', "state in ('open', 'submitted', 'returned')")
      editable(table)
      table.unique(['unit_id', 'live'])
    })

    /** A line a book asset (what the register said), or one that no register knew (盘盈). */
    this.schema.createTable('asset_count_lines', (table) => {
      table.increments('id')
      reference(table, 'count_id', 'asset_counts').notNullable()
      reference(table, 'asset_id', 'assets').nullable()
      table.string('name', 200).notNullable()
      table.string('category', 16).notNullable()
      table.bigInteger('original_fen').notNullable()
      table.bigInteger('net_fen').notNullable()
      table.string('book_place', 200).nullable()
      table.string('book_custodian', 120).nullable()
      table.string('book_purpose', 16).nullable()
      table.string('book_condition', 12).nullable()
      /** todo, found, missing, surplus */
      table.string('result', 12).notNullable()
      table.string('place', 200).nullable()
      table.string('custodian', 120).nullable()
      table.string('purpose', 16).nullable()
      table.string('condition_code', 12).nullable()
      table.string('explanation', 500).nullable()
      /** 1: differs from the book. */
      table.boolean('differs').notNullable().defaultTo(false)
      table.integer('counted_by').unsigned().nullable()
      editable(table)
      table.unique(['count_id', 'asset_id'])
      table.index(['differs', 'count_id'])
    })

    /** 经营性业务剥离: the assets of units, divided between centre and company. */
    this.schema.createTable('divestitures', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      table.string('title', 200).notNullable()
      reference(table, 'centre_id', 'units').notNullable()
      reference(table, 'company_id', 'units').notNullable()
      table.date('effective_on').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      /** draft, submitted, returned, approved, executed, withdrawn */
      table.string('state', 12).notNullable()
      table.string('comment', 500).nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'executed_at').nullable()
      reference(table, 'certificate_id', 'certificates').nullable()
      editable(table)
      table.check('centre_id <> company_id', {}, 'divestitures_two_units')
    })

    this.schema.createTable('divestiture_lines', (table) => {
      table.increments('id')
      reference(table, 'divestiture_id', 'divestitures').notNullable()
      reference(table, 'asset_id', 'assets').notNullable()
      reference(table, 'from_unit_id', 'units').notNullable()
      /** centre, company */
      table.string('side', 8).notNullable()
      table.string('reason', 200).nullable()
      table.unique(['divestiture_id', 'asset_id'])
    })

    /** An asset stands in one division under way. */
    this.schema.createTable('divestiture_claims', (table) => {
      table.integer('asset_id').unsigned().primary()
      reference(table, 'divestiture_id', 'divestitures').notNullable()
    })
  }

  async down() {
    for (const name of [
      'divestiture_claims',
      'divestiture_lines',
      'divestitures',
      'asset_count_lines',
      'asset_counts',
      'assets',
      'spending_warnings',
      'spendings',
      'spending_rooms',
      'spending_limits',
      'freeze_records',
      'exemptions',
      'freeze_rules',
      'freeze_documents',
      'freeze_units',
      'freezes',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
