import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    /**
     * 绩效工资总量 of a unit, a year and a class: a hard cap. What is allotted to periods never
     * exceeds it; nothing is carried over to the next year, which is another row.
     */
    this.schema.createTable('pay_totals', (table) => {
      table.increments('id')
      reference(table, 'unit_id', 'units').notNullable()
      table.integer('year').unsigned().notNullable()
      table.string('employment_type', 20).notNullable()
      for (const part of ['basic', 'incentive']) {
        table.bigInteger(`${part}_fen`).notNullable().defaultTo(0)
        table.bigInteger(`${part}_allotted_fen`).notNullable().defaultTo(0)
      }
      editable(table)
      table.unique(['unit_id', 'year', 'employment_type'])
      table.check('basic_allotted_fen between 0 and basic_fen', {}, 'pay_totals_basic')
      table.check('incentive_allotted_fen between 0 and incentive_fen', {}, 'pay_totals_incentive')
    })

    /** Every approval of a total, by its document; the newest approved one is the cap. */
    this.schema.createTable('pay_total_versions', (table) => {
      table.increments('id')
      reference(table, 'total_id', 'pay_totals').notNullable()
      table.integer('headcount').unsigned().nullable()
      table.bigInteger('basic_fen').notNullable()
      table.bigInteger('incentive_fen').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.string('reason', 500).nullable()
      /** submitted, approved, returned */
      table.string('state', 12).notNullable()
      table.string('comment', 500).nullable()
      table.integer('import_id').unsigned().nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'decided_at').nullable()
      editable(table)
      flagWhen(table, 'open', "state = 'submitted'")
      table.unique(['total_id', 'open'])
      table.check('basic_fen >= 0 and incentive_fen >= 0', {}, 'pay_total_versions_amounts')
      table.check('decided_by is null or decided_by <> prepared_by', {}, 'pay_total_versions_two')
    })

    /** 额度: the part of a total that is released for a period; runs draw on it, never more. */
    this.schema.createTable('pay_allotments', (table) => {
      table.increments('id')
      reference(table, 'total_id', 'pay_totals').notNullable()
      /** basic, incentive */
      table.string('part', 12).notNullable()
      /** First and last month: `YYYY-MM`. */
      table.string('month_from', 7).notNullable()
      table.string('month_to', 7).notNullable()
      table.bigInteger('amount_fen').notNullable()
      table.bigInteger('used_fen').notNullable().defaultTo(0)
      reference(table, 'document_id', 'documents').notNullable()
      /** submitted, released, returned */
      table.string('state', 12).notNullable()
      table.string('comment', 500).nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      moment(table, 'decided_at').nullable()
      editable(table)
      table.check('amount_fen > 0', {}, 'pay_allotments_amount')
      table.check('used_fen between 0 and amount_fen', {}, 'pay_allotments_used')
      table.check('month_from <= month_to', {}, 'pay_allotments_months')
      table.check('decided_by is null or decided_by <> prepared_by', {}, 'pay_allotments_two')
      table.index(['total_id', 'part', 'month_from'])
    })

    /** 岗位工资 and 薪级工资 by grade or step; dated. */
    this.schema.createTable('pay_standards', (table) => {
      table.increments('id')
      /** post, step */
      table.string('kind', 8).notNullable()
      /** Grade code (`professional_10`) or step number. */
      table.string('level', 20).notNullable()
      table.bigInteger('monthly_fen').notNullable()
      table.date('valid_from').notNullable()
      table.string('note', 120).nullable()
      table.integer('import_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['kind', 'level', 'valid_from', 'live'])
    })

    /** What the pay of a person is computed from, beside the assignment: dated, never overwritten. */
    this.schema.createTable('wage_bases', (table) => {
      table.increments('id')
      reference(table, 'person_id', 'persons').notNullable()
      table.date('valid_from').notNullable()
      table.integer('step').unsigned().nullable()
      table.bigInteger('pension_base_fen').nullable()
      table.bigInteger('housing_base_fen').nullable()
      table.bigInteger('allowance_fen').nullable()
      table.bigInteger('additional_deduction_fen').nullable()
      table.boolean('leader').notNullable().defaultTo(false)
      /** monthly, fromJanuary, full */
      table.string('deduction_way', 12).notNullable().defaultTo('monthly')
      table.text('account_sealed').nullable()
      table.string('account_masked', 40).nullable()
      table.integer('import_id').unsigned().nullable()
      table.string('reason', 500).nullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['person_id', 'valid_from', 'live'])
    })

    /**
     * A pay item from a day on: formula, order, class, document. A draft is tried on real people
     * before another person lets it take effect; then it is never changed, only followed.
     */
    this.schema.createTable('pay_items', (table) => {
      table.increments('id')
      table.string('code', 40).notNullable()
      /** The name on the slip, and the name by which other formulas use it. */
      table.string('name', 40).notNullable()
      table.string('run_kind', 12).notNullable()
      /** Class; empty: every class. */
      table.string('employment_type', 20).notNullable()
      /** earning, deduction, employer */
      table.string('side', 12).notNullable()
      /** taxable, exempt (earnings); insurance, other (deductions); none (employer) */
      table.string('tax', 12).notNullable()
      /** basic, incentive: the part of the total that it draws on. */
      table.string('draws_on', 12).nullable()
      table.string('formula', 2000).notNullable()
      table.integer('order_no').unsigned().notNullable()
      table.date('valid_from').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      /** draft, effective, dropped */
      table.string('state', 12).notNullable()
      /** What trying it on real people gave, as JSON. */
      table.text('trial', 'longtext').nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      editable(table)
      flagWhen(table, 'live', "state = 'effective'")
      table.unique(['code', 'run_kind', 'employment_type', 'valid_from', 'live'], {
        indexName: 'pay_items_once',
      })
      table.check("state <> 'effective' or trial is not null", {}, 'pay_items_tried')
      table.check('decided_by is null or decided_by <> prepared_by', {}, 'pay_items_two')
    })

    /** 发放批次: one class of one unit for one period. */
    this.schema.createTable('pay_runs', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      table.string('title', 200).notNullable()
      /** monthly, incentive, year_end, correction */
      table.string('kind', 12).notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.string('employment_type', 20).notNullable()
      table.string('month_from', 7).notNullable()
      table.string('month_to', 7).notNullable()
      /** Month in which it is paid: the income tax counts it there. */
      table.string('pay_month', 7).notNullable()
      /** 1, or higher for a further run of the same period (people set aside before). */
      table.integer('sequence').unsigned().notNullable().defaultTo(1)
      /** draft, computed, checked, approved, released, paid, returned, cancelled */
      table.string('state', 12).notNullable()
      reference(table, 'allotment_id', 'pay_allotments').nullable()
      /** The review cycle whose results an incentive run shares out by. */
      table.integer('cycle_id').unsigned().nullable()
      /** Of an incentive run: formulas, tilt, floor, cap; as JSON. */
      table.text('settings').notNullable()
      reference(table, 'document_id', 'documents').nullable()
      /** Counts the computations; slips of an older one are replaced. */
      table.integer('compute_no').unsigned().notNullable().defaultTo(0)
      table.integer('computed_no').unsigned().nullable()
      /** Why the last computation stopped, as JSON: key and params. */
      table.text('stopped').nullable()
      for (const name of [
        'gross',
        'deduction',
        'tax',
        'net',
        'employer',
        'drawn',
        'reserve',
        'leaders',
      ]) {
        table.bigInteger(`${name}_fen`).notNullable().defaultTo(0)
      }
      table.integer('people').unsigned().notNullable().defaultTo(0)
      table.date('objections_until').nullable()
      table.string('comment', 500).nullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('checked_by').unsigned().nullable()
      table.integer('approved_by').unsigned().nullable()
      table.integer('released_by').unsigned().nullable()
      moment(table, 'computed_at').nullable()
      moment(table, 'released_at').nullable()
      editable(table)
      flagWhen(table, 'live', "state <> 'cancelled'")
      table.unique(
        ['unit_id', 'kind', 'employment_type', 'month_from', 'month_to', 'sequence', 'live'],
        { indexName: 'pay_runs_once' }
      )
      table.check('approved_by is null or approved_by <> prepared_by', {}, 'pay_runs_approver')
      table.check(
        'released_by is null or (released_by <> prepared_by and released_by <> approved_by)',
        {},
        'pay_runs_releaser'
      )
      table.check('net_fen = gross_fen - deduction_fen - tax_fen', {}, 'pay_runs_net')
      table.index(['state', 'id'])
    })

    /** Amounts of the leaders, set by the supervising body; taken off before the rest is shared. */
    this.schema.createTable('pay_leader_amounts', (table) => {
      table.increments('id')
      reference(table, 'run_id', 'pay_runs').notNullable()
      reference(table, 'person_id', 'persons').notNullable()
      table.bigInteger('amount_fen').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.unique(['run_id', 'person_id'])
      table.check('amount_fen >= 0', {}, 'pay_leader_amounts_amount')
    })

    /** 工资条 of one person in one run, with the place, the inputs and the sums of its lines. */
    this.schema.createTable('pay_slips', (table) => {
      table.increments('id')
      reference(table, 'run_id', 'pay_runs').notNullable()
      table.integer('compute_no').unsigned().notNullable()
      reference(table, 'person_id', 'persons').notNullable()
      table.integer('department_id').unsigned().nullable()
      table.string('department_name', 120).nullable()
      table.string('post_name', 120).nullable()
      table.string('nature', 20).nullable()
      table.string('grade', 20).nullable()
      /** computed; missing: something is not there; set_aside: carried to the next run, by reason. */
      table.string('state', 12).notNullable()
      /** Names of what is missing, as JSON. */
      table.text('missing').nullable()
      table.string('reason', 500).nullable()
      /** Every value that was put in, with its source, as JSON. */
      table.text('inputs', 'longtext').notNullable()
      for (const name of ['gross', 'deduction', 'tax', 'net', 'employer', 'drawn']) {
        table.bigInteger(`${name}_fen`).notNullable().defaultTo(0)
      }
      /** What this slip adds to the year's tax figures, and what was there before it. */
      for (const name of ['income', 'exempt', 'insurance', 'additional', 'other']) {
        table.bigInteger(`tax_${name}_fen`).notNullable().defaultTo(0)
      }
      /** Taxed by itself: a year-end bonus, outside the cumulation. */
      table.boolean('tax_apart').notNullable().defaultTo(false)
      table.bigInteger('income_before_fen').notNullable().defaultTo(0)
      table.bigInteger('withheld_before_fen').notNullable().defaultTo(0)
      /** SHA-256 over inputs and lines. */
      table.string('hash', 64).notNullable()
      table.text('account_sealed').nullable()
      table.string('account_masked', 40).nullable()
      /** none, paid, returned, repaid */
      table.string('payment', 12).notNullable().defaultTo('none')
      table.string('payment_note', 200).nullable()
      /** open, confirmed, objected, answered */
      table.string('answer_state', 12).notNullable().defaultTo('open')
      table.string('objection', 500).nullable()
      table.string('answer', 500).nullable()
      table.integer('answered_by').unsigned().nullable()
      editable(table)
      table.unique(['run_id', 'compute_no', 'person_id'])
      table.index(['person_id', 'run_id'])
      table.index(['run_id', 'department_id'])
      table.check('net_fen = gross_fen - deduction_fen - tax_fen', {}, 'pay_slips_net')
    })

    this.schema.createTable('pay_lines', (table) => {
      table.increments('id')
      reference(table, 'slip_id', 'pay_slips').notNullable()
      table.integer('order_no').unsigned().notNullable()
      table.string('code', 40).notNullable()
      table.string('name', 40).notNullable()
      table.string('side', 12).notNullable()
      table.bigInteger('amount_fen').notNullable()
      /** The item it comes from; null: incentive share, tax, difference. */
      reference(table, 'item_id', 'pay_items').nullable()
      table.integer('difference_id').unsigned().nullable().index()
      /** Formula, the values put in, the exact result before rounding; as JSON. */
      table.text('trace', 'longtext').notNullable()
      table.unique(['slip_id', 'code'])
    })

    /** Everybody is paid a month by exactly one unit: the key says so. */
    this.schema.createTable('pay_months', (table) => {
      table.increments('id')
      reference(table, 'person_id', 'persons').notNullable()
      table.string('month', 7).notNullable()
      reference(table, 'run_id', 'pay_runs').notNullable()
      table.unique(['person_id', 'month'])
    })

    /** 补发 and 扣回: what was paid is corrected only by a line of a later run. */
    this.schema.createTable('pay_differences', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'person_id', 'persons').notNullable()
      reference(table, 'unit_id', 'units').notNullable()
      table.string('employment_type', 20).notNullable()
      /** The slip it corrects. */
      reference(table, 'slip_id', 'pay_slips').nullable()
      table.string('item_name', 40).notNullable()
      /** What changed: the fact, before and after. */
      table.string('fact', 500).notNullable()
      /** Positive is paid later, negative is taken back. */
      table.bigInteger('amount_fen').notNullable()
      table.bigInteger('settled_fen').notNullable().defaultTo(0)
      /** Most that one run takes back; null: all at once. */
      table.bigInteger('instalment_fen').nullable()
      /** taxable, exempt */
      table.string('tax', 12).notNullable()
      table.string('draws_on', 12).nullable()
      reference(table, 'document_id', 'documents').nullable()
      /** submitted, approved, returned, settled */
      table.string('state', 12).notNullable()
      table.integer('prepared_by').unsigned().nullable()
      table.integer('decided_by').unsigned().nullable()
      editable(table)
      table.check('amount_fen <> 0', {}, 'pay_differences_amount')
      table.check(
        '(amount_fen > 0 and settled_fen between 0 and amount_fen) or (amount_fen < 0 and settled_fen between amount_fen and 0)',
        {},
        'pay_differences_settled'
      )
      table.check('decided_by is null or decided_by <> prepared_by', {}, 'pay_differences_two')
      table.index(['person_id', 'state'])
    })

    /** Who looked at a slip, and where. */
    this.schema.createTable('payslip_views', (table) => {
      table.increments('id')
      reference(table, 'slip_id', 'pay_slips').notNullable()
      table.integer('user_id').unsigned().nullable()
      table.string('user_name', 60).notNullable()
      /** page, pdf, batch, trace */
      table.string('surface', 12).notNullable()
      moment(table, 'seen_at').notNullable()
      table.index(['slip_id', 'id'])
    })
  }

  async down() {
    for (const name of [
      'payslip_views',
      'pay_differences',
      'pay_months',
      'pay_lines',
      'pay_slips',
      'pay_leader_amounts',
      'pay_runs',
      'pay_items',
      'wage_bases',
      'pay_standards',
      'pay_allotments',
      'pay_total_versions',
      'pay_totals',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
