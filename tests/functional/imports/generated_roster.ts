import { addDays } from '#shared/dates'
import { ROSTER_COLUMNS } from '#people/domain/roster_fields'
import { checkDigit } from '#people/domain/identity_no'
import { writeRegister } from '#shared/spreadsheets/register_writer'

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高']
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文辉玲梅红建']
const DEPARTMENTS = ['新闻部', '专题部', '广播部', '总编室', '技术部', '办公室', '编辑部', '采访部']
const POSTS = ['记者', '编辑', '责任编辑', '摄像', '主持人', '新媒体编辑']
const EDUCATIONS = ['大学本科', '大学专科', '研究生', '高中']

/** A roster of made-up people, all different and all in order, as contract staff. */
export function* generatedRows(count: number): Generator<string[]> {
  for (let index = 0; index < count; index++) {
    const birth = addDays('1965-01-01', index % 12_000)
    const serial = String(Math.floor(index / 12_000) * 7 + (index % 7)).padStart(3, '0')
    const digits = `519900${birth.replaceAll('-', '')}${serial}`
    const name = [SURNAMES, GIVEN, GIVEN].map((list, at) => pick(list, index, at)).join('')
    yield [
      String(index + 1),
      name,
      Number(serial) % 2 === 1 ? '男' : '女',
      digits + checkDigit(digits),
      birth.slice(0, 7).replace('-', '.'),
      '2010.07',
      pick(DEPARTMENTS, index, 0),
      pick(POSTS, index, 1),
      '采编',
      '编外聘用',
      '',
      pick(EDUCATIONS, index, 2),
      '群众',
      `199${String(10_000_000 + index)}`,
      '',
    ]
  }
}

/** Writes it as a workbook with its title. */
export function writeRoster(path: string, title: string, rows: number): Promise<void> {
  return writeRegister(path, {
    title,
    sheets: [
      {
        name: '在职人员',
        columns: ROSTER_COLUMNS.map(({ label }) => ({ header: label })),
        rows: generatedRows(rows),
      },
    ],
  })
}

function pick(list: readonly string[], index: number, turn: number): string {
  return list[Math.floor(index / list.length ** turn) % list.length]
}
