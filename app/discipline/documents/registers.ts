import type { I18n } from '@adonisjs/i18n'
import { spellingOf } from '#organization/domain/code_table'
import type { Register } from '#shared/spreadsheets/register_writer'
import { CATEGORY_TEXTS, CONDITION_TEXTS, PURPOSE_TEXTS } from '../domain/asset_codes.js'
import type { AssetRow } from '../queries/assets.js'
import type { RecordRow } from '../queries/records.js'
import type { SpendingRow } from '../queries/spending.js'
import { RULE_WORDING } from './wording.js'

/** The records as the list filters them. */
export function recordRegister(rows: readonly RecordRow[], i18n: I18n): Register {
  const t = (key: string) => i18n.t(key)
  return {
    title: t('discipline.pages.records'),
    sheets: [
      {
        name: t('discipline.pages.records'),
        columns: [
          { header: t('discipline.fields.at'), width: 18 },
          { header: t('discipline.fields.outcome'), width: 14 },
          { header: t('discipline.fields.rule'), width: 30 },
          { header: t('discipline.fields.act'), width: 24 },
          { header: t('discipline.fields.unit_id'), width: 24 },
          { header: t('discipline.fields.person_id'), width: 12 },
          { header: t('discipline.fields.acts_on'), kind: 'date', width: 12 },
          { header: t('discipline.fields.amount'), kind: 'money_fen', width: 16 },
          { header: t('discipline.fields.user_name'), width: 12 },
          { header: t('discipline.fields.exemption'), width: 16 },
          { header: t('discipline.fields.document_id'), width: 24 },
        ],
        rows: rows.map((row) => [
          row.at,
          t(`discipline.outcomes.${row.outcome}`),
          RULE_WORDING[row.rule],
          t(`discipline.acts.${row.act.replaceAll('.', '_')}`),
          row.unitName,
          row.personName,
          row.actsOn,
          row.amountFen,
          row.userName,
          row.exemptionNo,
          row.documentNo,
        ]),
      },
    ],
  }
}

export function spendingRegister(rows: readonly SpendingRow[], i18n: I18n): Register {
  const t = (key: string) => i18n.t(key)
  return {
    title: t('discipline.pages.spending'),
    sheets: [
      {
        name: t('discipline.pages.spending'),
        columns: [
          { header: t('discipline.fields.number'), width: 16 },
          { header: t('discipline.fields.spent_on'), kind: 'date', width: 12 },
          { header: t('discipline.fields.unit_id'), width: 24 },
          { header: t('discipline.fields.category'), width: 16 },
          { header: t('discipline.fields.payee'), width: 28 },
          { header: t('discipline.fields.amount'), kind: 'money_fen', width: 16 },
          { header: t('discipline.fields.purpose_text'), width: 36 },
          { header: t('discipline.fields.voucher_no'), width: 16 },
          { header: t('discipline.fields.basis'), width: 16 },
          { header: t('discipline.fields.exemption'), width: 16 },
          { header: t('discipline.fields.recorded_by'), width: 12 },
        ],
        rows: rows.map((row) => [
          row.number,
          row.spentOn,
          row.unitName,
          t(`discipline.spending_categories.${row.category}`),
          row.payee,
          row.amountFen,
          row.purpose,
          row.voucherNo,
          t(`discipline.bases.${row.basis}`),
          row.exemptionNo,
          row.recordedByName,
        ]),
      },
    ],
  }
}

/** The register under the headers that the import reads again. */
export function assetRegister(rows: readonly AssetRow[]): Register {
  return {
    title: '资产台账',
    sheets: [
      {
        name: '资产台账',
        columns: [
          { header: '资产编号', width: 18 },
          { header: '资产名称', width: 28 },
          { header: '资产类别', width: 16 },
          { header: '规格型号', width: 20 },
          { header: '使用单位', width: 24 },
          { header: '保管人', width: 12 },
          { header: '存放地点', width: 24 },
          { header: '用途', width: 10 },
          { header: '使用状况', width: 10 },
          { header: '取得日期', kind: 'date', width: 12 },
          { header: '原值', kind: 'money_fen', width: 16 },
          { header: '净值', kind: 'money_fen', width: 16 },
        ],
        rows: rows.map((row) => [
          row.code,
          row.name,
          spellingOf(CATEGORY_TEXTS, row.category),
          row.model,
          row.unitName,
          row.custodian,
          row.place,
          spellingOf(PURPOSE_TEXTS, row.purpose),
          spellingOf(CONDITION_TEXTS, row.condition),
          row.acquiredOn,
          row.originalFen,
          row.netFen,
        ]),
      },
    ],
  }
}
