import type { I18n } from '@adonisjs/i18n'
import type { Register } from '#shared/spreadsheets/register_writer'
import type { SlipRow } from '../queries/baselines.js'
import type { PlanOnRecord } from '../queries/plan.js'

/** Items with all their dates, and the links between those that are listed. */
export function planRegister(plan: PlanOnRecord, rows: readonly SlipRow[], i18n: I18n): Register {
  const t = (key: string) => i18n.t(key)
  const field = (name: string, width: number, kind?: 'date' | 'number') => ({
    header: t(`programme.fields.${name}`),
    width,
    ...(kind && { kind }),
  })
  const listed = new Map(rows.map((row) => [row.id, `${row.number} ${row.name}`]))
  return {
    title: plan.programme.name,
    sheets: [
      {
        name: t('programme.pages.plan'),
        columns: [
          field('number', 8),
          field('name', 40),
          field('kind', 10),
          field('lead_unit_id', 20),
          field('support_units', 28),
          field('duration', 8, 'number'),
          field('printed_due', 14),
          field('fixed_on', 12, 'date'),
          field('start', 12, 'date'),
          field('finish', 12, 'date'),
          field('latest_finish', 12, 'date'),
          field('slack', 10, 'number'),
          field('baseline_finish', 12, 'date'),
          field('slip', 12, 'number'),
          field('light', 8),
          field('light_reason', 24),
          field('deliverable', 32),
          field('criteria', 32),
        ],
        rows: rows.map((row) => [
          row.number,
          row.name,
          t(`programme.kinds.${row.kind}`),
          row.leadUnitName,
          row.supportUnits.map(({ name }) => name).join('、'),
          row.duration,
          row.printedDue,
          row.fixedOn,
          row.forecast.start,
          row.forecast.finish,
          row.forecast.latestFinish,
          row.forecast.slack,
          row.baseline?.finish ?? null,
          row.slip,
          t(`programme.lights.${row.forecast.light}`),
          t(`programme.reasons.${row.forecast.reason}`),
          row.deliverable,
          row.criteria,
        ]),
      },
      {
        name: t('programme.parts.links'),
        columns: [
          field('from_id', 44),
          field('to_id', 44),
          field('type', 18),
          field('lag', 10, 'number'),
        ],
        rows: plan.links
          .filter(({ fromId, toId }) => listed.has(fromId) && listed.has(toId))
          .map(({ fromId, toId, type, lag }) => [
            listed.get(fromId)!,
            listed.get(toId)!,
            t(`programme.link_types.${type}`),
            lag,
          ]),
      },
    ],
  }
}
