import type { I18n } from '@adonisjs/i18n'
import type { Register } from '#shared/spreadsheets/register_writer'
import type { PostValueRow } from '../queries/post_values.js'

/** 岗位价值系数 as a workbook: exactly the posts of the filter. */
export function postValuesRegister(rows: readonly PostValueRow[], i18n: I18n): Register {
  const t = (name: string) => i18n.t(`performance.fields.${name}`)
  const title = i18n.t('performance.pages.post_values')
  return {
    title,
    sheets: [
      {
        name: title,
        columns: [
          { header: t('code'), width: 10 },
          { header: t('post'), width: 20 },
          { header: t('unit'), width: 22 },
          { header: t('department'), width: 20 },
          { header: t('nature'), width: 12 },
          { header: t('people'), kind: 'number', width: 8 },
          { header: t('coefficient'), kind: 'number', width: 12 },
          { header: t('front_line'), width: 10 },
          { header: t('basis'), width: 14 },
          { header: t('document_id'), width: 22 },
        ],
        rows: rows.map(({ value, ...post }) => [
          post.code,
          post.name,
          post.unitName,
          post.departmentName,
          i18n.t(`shared.nature.${post.nature}`),
          post.people,
          value ? Number(value.coefficient) : null,
          i18n.t(value?.frontLine ? 'shared.words.yes' : 'shared.words.no'),
          i18n.t(value ? `performance.bases.${value.basis}` : 'performance.words.no_value'),
          value?.documentNo ?? null,
        ]),
      },
    ],
  }
}
