import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { DEFAULT_BANK_FORMAT } from '../documents/bank_file.js'
import { DEFAULT_EQUAL_PAY } from '../domain/equal_pay.js'
import type { Parameters, RuleGroup } from '../domain/rules.js'
import { DEFAULT_PARAMETERS } from '../domain/standard_items.js'
import { MONTHLY_DEDUCTION } from '../domain/tax.js'

/** Dated values that formulas read by name: bounds of contribution bases, monthly standards. */
export const PARAMETERS = 'pay.parameters'
/** The monthly deduction of the income tax; its table is a scale of its own. */
export const TAX_RULES = 'pay.tax'
/** 公示 and answers: days for an objection, least net pay after a recovery. */
export const PAY_RULES = 'pay.rules'
/** Bank file and equal-pay thresholds. */
export const BANK_FORMAT = 'pay.bank_format'
export const EQUAL_PAY = 'pay.equal_pay'

export interface Dated<T> {
  value: T
  validFrom: string | null
  documentNo: string | null
}

/** The setting in force on a date, else the default. */
export async function settingOn<T>(
  name: string,
  date: string,
  fallback: T,
  client: Client = db
): Promise<Dated<T>> {
  const row = await client
    .from('settings')
    .where('name', name)
    .where('valid_from', '<=', date)
    .orderBy('valid_from', 'desc')
    .first()
  if (!row) return { value: fallback, validFrom: null, documentNo: null }
  return { value: JSON.parse(row.value), validFrom: row.valid_from, documentNo: row.document_no }
}

/** Values of the parameters by name, as formulas read them. */
export async function parametersOn(
  date: string,
  client: Client = db
): Promise<Dated<Record<string, string>>> {
  const { value, ...dated } = await settingOn<Parameters>(
    ...([PARAMETERS, date, DEFAULT_PARAMETERS, client] as const)
  )
  const values = Object.entries(value).map(([name, parameter]) => [name, parameter.value])
  return { value: Object.fromEntries(values), ...dated }
}

export function taxSettingOn(date: string, client: Client = db) {
  return settingOn<TaxSetting>(TAX_RULES, date, DEFAULT_TAX, client)
}

interface TaxSetting {
  monthlyDeduction: number
  /** Last payment month in which a year-end bonus may be taxed by itself (2023 第30号). */
  apartUntil: string
}

const DEFAULT_TAX: TaxSetting = {
  monthlyDeduction: MONTHLY_DEDUCTION,
  apartUntil: '2027-12',
}

export interface PayRules {
  objectionDays: number
  /** Least that a person is left with after a recovery, in fen. */
  recoveryFloorFen: number
  /** Change against the previous run, in percent, from which a reason is shown. */
  changePercent: number
}

export function payRulesOn(date: string, client: Client = db) {
  return settingOn<PayRules>(PAY_RULES, date, DEFAULT_RULES, client)
}

const DEFAULT_RULES: PayRules = {
  objectionDays: 5,
  recoveryFloorFen: 200_000,
  changePercent: 20,
}

export const SETTING_OF: Record<RuleGroup, string> = {
  parameters: PARAMETERS,
  rules: PAY_RULES,
  bank: BANK_FORMAT,
  equal: EQUAL_PAY,
  tax: TAX_RULES,
}

const DEFAULTS: Record<RuleGroup, object> = {
  parameters: DEFAULT_PARAMETERS,
  rules: DEFAULT_RULES,
  bank: DEFAULT_BANK_FORMAT,
  equal: DEFAULT_EQUAL_PAY,
  tax: DEFAULT_TAX,
}

/** A group of rules as it stands on a date, defaults where nothing was set. */
export function currentRule(group: RuleGroup, date: string, client: Client = db) {
  return settingOn<any>(SETTING_OF[group], date, DEFAULTS[group], client)
}

export interface RuleVersion {
  validFrom: string
  documentNo: string | null
}

/** Days from which a group was set otherwise, latest first. */
export async function ruleVersions(group: RuleGroup): Promise<RuleVersion[]> {
  const rows = await db
    .from('settings')
    .where('name', SETTING_OF[group])
    .orderBy('valid_from', 'desc')
  return rows.map((row) => ({ validFrom: row.valid_from, documentNo: row.document_no }))
}

export interface StandardRow {
  id: number
  kind: 'post' | 'step'
  level: string
  monthlyFen: number
  validFrom: string
  note: string | null
}

/** Post and step pay in force on a date, by `kind:level`. */
export async function standardsOn(
  date: string,
  client: Client = db
): Promise<Map<string, StandardRow>> {
  const rows = await client
    .from('pay_standards')
    .where('live', 1)
    .where('valid_from', '<=', date)
    .orderBy('valid_from')
    .orderBy('id')
  return new Map(rows.map((row) => [`${row.kind}:${row.level}`, standardOf(row)]))
}

function standardOf(row: any): StandardRow {
  return {
    id: Number(row.id),
    kind: row.kind,
    level: row.level,
    monthlyFen: toInt(row.monthly_fen),
    validFrom: row.valid_from,
    note: row.note,
  }
}
