import { combinePages, type PdfDocument } from '#shared/documents/definition'
import { officialNotice } from '#shared/documents/official_notice'
import { officialTable } from '#shared/documents/official_table'
import { longDate } from '#shared/dates'
import type { NamedLine } from '../queries/lines.js'
import {
  KIND_TEXT,
  categoryText,
  fundingText,
  gradeText,
  groupLines,
  text,
  type Paper,
  type PaperContext,
} from './paper_context.js'

type Direction = 'out' | 'in'

const WORDS = {
  out: { title: '出编通知', verb: '核减', from: '划出', list: '出编人员名单' },
  in: { title: '入编通知', verb: '核增', from: '划入', list: '入编人员名单' },
}

/** 出编通知: to each unit that gives people or seats of the establishment. */
export const outNotice = noticePaper('out')
/** 入编通知: to each unit that takes them. */
export const inNotice = noticePaper('in')

function noticePaper(direction: Direction): Paper {
  const words = WORDS[direction]
  return {
    name: direction === 'out' ? 'out_notice' : 'in_notice',
    title: words.title,
    perPerson: false,
    fits: ({ lines }) => lines > 0,
    pdf(context) {
      const pages = byUnit(context, direction).flatMap((lines) => [
        notice(context, lines, direction),
        nameList(context, lines, direction),
      ])
      return combinePages(`${words.title} ${context.batch.number}`, pages)
    },
    register(context) {
      return {
        title: `${words.title}名单（${context.batch.number}）`,
        sheets: [
          {
            name: words.title,
            columns: [
              text('单位', 24),
              text('对方单位', 24),
              text('姓名', 10),
              text('身份证号', 22),
              text('岗位等级', 12),
              text('经费形式', 12),
              text('编制类别', 12),
              { header: '编制数', width: 8, kind: 'number' },
              text('划转方式', 12),
            ],
            rows: byUnit(context, direction).flatMap((lines) =>
              lines.map((line) => [
                direction === 'out' ? line.fromUnitName : line.toUnitName,
                direction === 'out' ? line.toUnitName : line.fromUnitName,
                line.personName,
                line.personId === null ? null : context.identityOf(line),
                gradeText(line),
                fundingText(line),
                categoryText(line),
                line.kind === 'person_without_quota' ? 0 : line.quantity,
                KIND_TEXT[line.kind],
              ])
            ),
          },
        ],
      }
    },
  }
}

function byUnit(context: PaperContext, direction: Direction): NamedLine[][] {
  const establishment = context.lines.filter(
    ({ kind, employmentType }) => kind === 'quota_only' || employmentType === 'establishment'
  )
  return groupLines(establishment, (line) =>
    direction === 'out' ? line.fromUnitId : line.toUnitId
  )
}

function notice(context: PaperContext, lines: NamedLine[], direction: Direction): PdfDocument {
  const words = WORDS[direction]
  const { batch, establishmentOffice } = context
  const people = lines.filter(({ kind }) => kind !== 'quota_only').length
  const seats = lines
    .filter(({ kind }) => kind !== 'person_without_quota')
    .reduce((sum, { quantity }) => sum + quantity, 0)
  const unit = direction === 'out' ? lines[0].fromUnitName : lines[0].toUnitName
  const others = [
    ...new Set(lines.map((line) => (direction === 'out' ? line.toUnitName : line.fromUnitName))),
  ].join('、')
  const movement = direction === 'out' ? `划入${others}` : `自${others}划入`
  const kinds = seatKinds(lines)
  return officialNotice({
    // A notice gets a number of its own when it is issued; the approving document is its ground.
    issuer: establishmentOffice,
    title: `关于${unit}${words.verb}编制及人员${words.title.slice(0, 2)}的通知`,
    recipient: unit,
    paragraphs: [
      `根据${batch.documentNo ?? '有关批文'}，自${longDate(batch.effectiveOn, 'zh-CN')}起，你单位在编人员${people}人${movement}。`,
      seats > 0
        ? `相应${words.verb}你单位事业编制${seats}名，其中${kinds}。`
        : '本次划转不涉及编制数的增减。',
      `请据此办理${words.title.slice(0, 2)}手续，更新实名制管理信息。人员名单附后。`,
    ],
    attachments: [words.list],
    date: batch.effectiveOn,
    seal: true,
  })
}

/** 全额拨款管理3名、专业技术10名；差额拨款…: only seats that change the unit. */
function seatKinds(lines: NamedLine[]): string {
  const counts = new Map<string, number>()
  for (const line of lines) {
    if (line.kind === 'person_without_quota') continue
    const kind = `${fundingText(line)}${categoryText(line)}`
    counts.set(kind, (counts.get(kind) ?? 0) + line.quantity)
  }
  return [...counts].map(([kind, count]) => `${kind}${count}名`).join('、')
}

function nameList(context: PaperContext, lines: NamedLine[], direction: Direction): PdfDocument {
  const words = WORDS[direction]
  return officialTable({
    title: words.list,
    documentNo: context.batch.documentNo ?? undefined,
    unitLine: `单位：${direction === 'out' ? lines[0].fromUnitName : lines[0].toUnitName}`,
    columns: [
      { label: '序号', width: 30, align: 'center' },
      { label: '姓名', width: 60, align: 'center' },
      { label: direction === 'out' ? '划入单位' : '原单位' },
      { label: '岗位等级', width: 60, align: 'center' },
      { label: '经费形式', width: 60, align: 'center' },
      { label: '编制类别', width: 60, align: 'center' },
      { label: '编制数', width: 44, align: 'right' },
      { label: '划转方式', width: 60, align: 'center' },
    ],
    rows: lines.map((line, index) => [
      index + 1,
      line.personName ?? '（空编）',
      direction === 'out' ? line.toUnitName : line.fromUnitName,
      gradeText(line),
      fundingText(line),
      categoryText(line),
      line.kind === 'person_without_quota' ? 0 : line.quantity,
      KIND_TEXT[line.kind],
    ]),
    signatures: ['经办人', '审核人'],
  })
}
