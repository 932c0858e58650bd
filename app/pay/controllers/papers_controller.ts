import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { record } from '#audit/actions/record'
import type { ActiveGrant } from '#shared/actor'
import { clock } from '#shared/clock'
import { unseal } from '#shared/crypto'
import { inTransaction, toInt } from '#shared/database'
import { sendFile, sendRegister, XLSX } from '#shared/downloads'
import { DomainError, NotFoundError } from '#shared/errors'
import { enqueue } from '#shared/jobs/queue'
import { officialWorkbook } from '#shared/spreadsheets/official_workbook'
import { bankFile, DEFAULT_BANK_FORMAT } from '../documents/bank_file.js'
import { SETTLED } from '../domain/runs.js'
import { OFFICIAL_ROWS, officialRegister, streamedRegister } from '../documents/register.js'
import { taxTable } from '../documents/tax_table.js'
import { fileTax } from '../actions/file_tax.js'
import { noteViews } from '../actions/slips.js'
import {
  DEPARTMENT_PDF_JOB,
  departmentFiles,
  readDepartmentFile,
  slipsOfFile,
} from '../jobs/department_slips.js'
import { BANK_FORMAT, settingOn } from '../queries/configuration.js'
import { itemColumns, registerPeople, registerSlips } from '../queries/register_rows.js'
import { runById, type RunRow } from '../queries/runs.js'
import { taxTableOf } from '../queries/tax_table.js'
import { taxFilingValidator } from '../validators.js'

/** Register, bank file, tax table, slips by department; each export stands in the log. */
export default class PapersController {
  async register(ctx: HttpContext) {
    const { run, grant } = await this.open(ctx)
    await this.exported(ctx, run, 'register', grant)
    await noteViews(await registerSlips(run), 'register', ctx.actor!)
    const columns = await itemColumns(run)
    const people = registerPeople(run, columns)
    const name = `工资发放表-${run.number}.xlsx`
    if (run.people > OFFICIAL_ROWS) {
      return sendRegister(ctx, name, streamedRegister(run, columns, people))
    }
    const sheet = await officialRegister(run, columns, people)
    return sendFile(ctx, name, XLSX, await officialWorkbook([sheet]))
  }

  /** Only of an approved run: what the bank pays is what was approved. */
  async bank(ctx: HttpContext) {
    const { run, grant } = await this.open(ctx)
    if (!SETTLED.includes(run.state)) {
      throw new DomainError('pay.errors.not_approved')
    }
    const rows = await db
      .from('pay_slips as s')
      .join('persons as p', 'p.id', 's.person_id')
      .where({ 's.run_id': run.id, 's.compute_no': run.computedNo ?? -1, 's.state': 'computed' })
      .orderBy('p.name_pinyin')
      .orderBy('s.id')
      .select('s.id', 's.net_fen', 's.account_sealed', 'p.name')
    const slips = rows.map((row) => ({
      id: Number(row.id),
      account: row.account_sealed ? unseal(row.account_sealed, 'account') : '',
      name: row.name as string,
      fen: toInt(row.net_fen),
      note: run.payMonth,
    }))
    const payments = slips.filter(({ fen }) => fen > 0)
    // the run's own figure, not the sum of what is written: the two must meet
    const owed = slips.reduce((sum, { fen }) => sum + Math.min(fen, 0), 0)
    const format = (await settingOn(BANK_FORMAT, clock.today(), DEFAULT_BANK_FORMAT)).value
    const text = bankFile(payments, run.netFen - owed, format)
    await this.exported(ctx, run, 'bank', grant)
    await noteViews(
      payments.map(({ id }) => id),
      'bank',
      ctx.actor!
    )
    return sendFile(ctx, `代发工资-${run.number}.txt`, 'text/plain; charset=utf-8', text)
  }

  /** 个人所得税扣缴明细 of the payment month, over all runs of the unit released in it. */
  async tax(ctx: HttpContext) {
    const { run, grant } = await this.open(ctx)
    await this.exported(ctx, run, 'tax', grant)
    const rows = await taxTableOf(run.unitId, run.payMonth)
    const workbook = await officialWorkbook([taxTable(run.unitName, run.payMonth, rows)])
    return sendFile(ctx, `个人所得税-${run.payMonth}.xlsx`, XLSX, workbook)
  }

  /** For the tax office, with full identity numbers: asks a reason, and both stand in the log. */
  async taxFiling(ctx: HttpContext) {
    const run = await runById(Number(ctx.params.id))
    const grant = ctx.actor!.authorize('pay.file_tax', { unitId: run.unitId })
    const { reason } = await ctx.request.validateUsing(taxFilingValidator)
    const register = await fileTax({ run, reason, grant }, ctx.actor!)
    return sendRegister(ctx, `个人所得税扣缴申报-${run.payMonth}.xlsx`, register)
  }

  /** Starts drawing the slips of every department in the background. */
  async drawSlips(ctx: HttpContext) {
    const { run } = await this.open(ctx)
    if (!run.computedNo) throw new DomainError('pay.errors.not_computed')
    await inTransaction((trx) =>
      enqueue(trx, {
        kind: DEPARTMENT_PDF_JOB,
        key: `${DEPARTMENT_PDF_JOB}:${run.id}:${run.computedNo}`,
        payload: { runId: run.id },
        createdBy: ctx.actor!.userId,
      })
    )
    ctx.session.flash('success', ctx.i18n.t('pay.done.drawing'))
    return ctx.response.redirect(`/pay/runs/${run.id}?tab=files`)
  }

  async slipFile(ctx: HttpContext) {
    const { run, grant } = await this.open(ctx)
    const files = await departmentFiles(run.id, run.computedNo)
    const file = files.find(({ id }) => id === Number(ctx.params.file))
    if (!file) throw new NotFoundError('file')
    await this.exported(ctx, run, 'slips', grant)
    await noteViews(await slipsOfFile(run, file.storageKey), 'batch', ctx.actor!)
    return sendFile(ctx, file.name, 'application/pdf', await readDepartmentFile(file.storageKey))
  }

  private async open({ actor, params }: HttpContext) {
    const run = await runById(Number(params.id))
    return { run, grant: actor!.authorize('pay.export', { unitId: run.unitId }) }
  }

  private exported({ actor }: HttpContext, run: RunRow, paper: string, grant: ActiveGrant | null) {
    return inTransaction((trx) =>
      record(trx, actor!, {
        action: 'pay.run.exported',
        subjectType: 'pay_run',
        subjectId: run.id,
        changes: { paper },
        grant,
      })
    )
  }
}
