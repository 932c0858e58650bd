import { test } from '@japa/runner'
import { digest, digestKey, sealingKey, unseal } from '#shared/crypto'
import type { Cell, Row } from '#shared/spreadsheets/types'
import { AskedThread } from '#shared/threads/asked_thread'
import { checkDigit } from '#people/domain/identity_no'
import type { JudgedRows, JudgeTask } from '#people/imports/judge_newcomers'
import { LINE_COLUMNS, pickLines } from '#people/imports/newcomer_line'
import { packRows } from '#shared/spreadsheets/packed_rows'

const THREAD = new URL('../../../app/people/imports/judge_thread.ts', import.meta.url)

function text(value: string): Cell {
  return { text: value, kind: 'text', raw: value }
}

function identity(at: number): string {
  const digits = `51990019800101${String(at).padStart(3, '0')}`
  return digits + checkDigit(digits)
}

const FIELDS = ['name', 'identityNo', 'department', 'post', 'postNature', 'terms', 'phone']
const columns = Object.fromEntries(FIELDS.map((field, at) => [field, at]))

function row(number: number, over: Record<string, Cell> = {}): Row {
  const cells: Record<string, Cell> = {
    name: text('单晓'),
    identityNo: text(identity(number)),
    department: text('新闻部'),
    post: text('记者'),
    postNature: text('采编'),
    terms: text('编外聘用'),
    phone: text(`1990000${String(number).padStart(4, '0')}`),
    ...over,
  }
  return { number, cells: FIELDS.map((field) => cells[field]) }
}

function task(rows: Row[]): JudgeTask {
  const keys = {
    digest: digestKey('identity'),
    identity: sealingKey('identity'),
    phone: sealingKey('phone'),
  }
  const piece = { rows: packRows(rows), columns }
  return { piece, asOf: '2022-01-10', allowedTerms: undefined, keys }
}

function linesOf({ lines }: Pick<JudgedRows, 'lines'>): Record<string, string | null>[] {
  const values: (string | null)[][] = JSON.parse(new TextDecoder().decode(lines.json))
  return values.map((line) =>
    Object.fromEntries(line.map((value, at) => [LINE_COLUMNS[at], value]))
  )
}

test.group('Rows of a roster on their thread', () => {
  test('accepted rows come back as lines, sealed; the others with what is said', async ({
    assert,
  }) => {
    const thread = new AskedThread<JudgeTask, JudgedRows>(THREAD)
    const rows = [row(3), row(4, { post: text('') }), row(5), row(6, { identityNo: text('1') })]
    const judged = await thread.ask(task(rows))
    assert.deepEqual(judged.levels, ['ok', 'rejected', 'ok', 'rejected'])
    assert.deepEqual(judged.accepted, [0, 2])
    assert.deepEqual([...judged.findings.keys()], [1, 3])
    assert.deepEqual(
      judged.digests,
      [3, 4, 5, null].map((at) => (at === null ? null : digest(identity(at), 'identity')))
    )
    const [first, second] = linesOf(judged)
    assert.equal(unseal(first.identity_sealed!, 'identity'), identity(3))
    assert.equal(unseal(second.phone_sealed!, 'phone'), '19900000005')
    assert.throws(() => unseal(first.identity_sealed!, 'phone'))
    assert.include(first, { name_initials: 'sx', department: '新闻部', funding_type: null })
    assert.deepEqual([...judged.lines.counts.values()], [2])
    const picked = pickLines(judged.lines, [1])
    assert.deepEqual(linesOf({ lines: picked }), [second])
    assert.deepEqual([...picked.counts.values()], [1])
  })

  test('no two seals are alike, and a failure ends what waits but not the next question', async ({
    assert,
  }) => {
    const thread = new AskedThread<JudgeTask, JudgedRows>(THREAD)
    const rows = Array.from({ length: 300 }, (_, at) => row(at + 3))
    const answers = await Promise.all([thread.ask(task(rows)), thread.ask(task(rows))])
    const sealed = answers.flatMap(linesOf).map(({ identity_sealed: one }) => one!.slice(0, 16))
    assert.lengthOf(new Set(sealed), 600)
    const broken = thread.ask({ ...task([]), piece: null as never })
    await assert.rejects(() => broken)
    assert.lengthOf((await thread.ask(task([row(3)]))).accepted, 1)
  })
})
