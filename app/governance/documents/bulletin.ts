import type { I18n } from '@adonisjs/i18n'
import type { PdfDocument } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'
import { longDate } from '#shared/dates'
import type { Register } from '#shared/spreadsheets/register_writer'
import type { Bulletin, BulletinUnit } from '../queries/bulletin.js'

/** Columns of the bulletin, on paper and on the page. */
export const FIGURES = [
  ['open', '在办'],
  ['overdue', '逾期'],
  ['checking', '待审结'],
  ['finished', '本期办结'],
  ['inTime', '其中按期'],
  ['reports', '报送次数'],
  ['yellow', '黄牌'],
  ['red', '红牌'],
] as const

/** 督查通报 to print: units by the worst first, then each overdue task and each card. */
export function bulletinPaper(bulletin: Bulletin, today: string): PdfDocument {
  const period = `${longDate(bulletin.from, 'zh-CN')}至${longDate(bulletin.to, 'zh-CN')}`
  const narrow = { width: 52, align: 'center' as const }
  const table = officialTable({
    title: '媒体融合改革任务督查通报',
    subtitle: period,
    unitLine: '编发：市媒体融合改革工作领导小组办公室',
    unitLineRight: longDate(today, 'zh-CN'),
    landscape: true,
    columns: [
      { label: '序号', width: 30, align: 'center' },
      { label: '单位' },
      ...FIGURES.map(([, label]) => ({ label, ...narrow })),
    ],
    rows: bulletin.units.map((unit, index) => [
      String(index + 1),
      unit.unitName,
      ...FIGURES.map(([name]) => String(unit[name])),
    ]),
    totals: ['', '合计', ...FIGURES.map(([name]) => String(sum(bulletin.units, name)))],
    notes: [
      '逾期：已过完成时限仍未报结；黄牌：逾期后满规定工作时间报联席会议；红牌：报领导小组。按期报结而后撤销的不计。',
    ],
  })
  const details = officialTable({
    title: '逾期任务和亮牌情况',
    subtitle: period,
    landscape: true,
    columns: [
      { label: '单位', width: 110 },
      { label: '任务' },
      { label: '完成时限', width: 66, align: 'center' },
      { label: '督办单', width: 92, align: 'center' },
      { label: '情况', width: 66, align: 'center' },
    ],
    rows: [
      ...bulletin.overdue.map((part) => [
        part.unitName,
        part.content,
        part.dueOn,
        part.orderNumber ?? '—',
        '逾期',
      ]),
      ...bulletin.cards.map((card) => [
        card.unitName,
        card.taskTitle,
        card.deadlineOn,
        card.orderNumber,
        `${card.card === 'red' ? '红牌' : '黄牌'}${card.lifted ? '（已撤销）' : ''}`,
      ]),
    ],
    signatures: ['编制', '审核', '签发'],
  })
  return { ...table, sections: [...table.sections, ...details.sections] }
}

/** The same figures as a workbook of three sheets. */
export function bulletinRegister(bulletin: Bulletin, i18n: I18n): Register {
  const label = (key: string) => i18n.t(`governance.${key}`)
  return {
    title: label('pages.bulletin'),
    sheets: [
      {
        name: label('bulletin.units'),
        columns: [
          { header: label('fields.unit_id'), width: 28 },
          ...FIGURES.map(([name]) => ({
            header: label(`bulletin.${name}`),
            kind: 'number' as const,
            width: 12,
          })),
        ],
        rows: bulletin.units.map((unit) => [unit.unitName, ...FIGURES.map(([name]) => unit[name])]),
      },
      {
        name: label('bulletin.overdue'),
        columns: [
          { header: label('fields.unit_id'), width: 28 },
          { header: label('fields.number'), width: 16 },
          { header: label('fields.content'), width: 60 },
          { header: label('fields.due_on'), kind: 'date', width: 12 },
          { header: label('fields.order'), width: 20 },
        ],
        rows: bulletin.overdue.map((part) => [
          part.unitName,
          part.taskNumber,
          part.content,
          part.dueOn,
          part.orderNumber,
        ]),
      },
      {
        name: label('bulletin.cards'),
        columns: [
          { header: label('fields.unit_id'), width: 28 },
          { header: label('fields.order'), width: 20 },
          { header: label('fields.content'), width: 60 },
          { header: label('fields.due_on'), kind: 'date', width: 12 },
          { header: label('bulletin.card'), width: 10 },
          { header: label('bulletin.given_on'), kind: 'date', width: 12 },
          { header: label('bulletin.lifted'), width: 10 },
        ],
        rows: bulletin.cards.map((card) => [
          card.unitName,
          card.orderNumber,
          card.taskTitle,
          card.deadlineOn,
          label(`cards.${card.card}`),
          card.givenOn,
          card.lifted ? i18n.t('shared.words.yes') : '',
        ]),
      },
    ],
  }
}

function sum(units: readonly BulletinUnit[], name: (typeof FIGURES)[number][0]): number {
  return units.reduce((total, unit) => total + unit[name], 0)
}
