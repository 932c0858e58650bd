import { test } from '@japa/runner'
import { SaxesParser } from 'saxes'
import { ganttChart, type Gantt, type GanttRow } from '#shared/charts/gantt'

const row = (values: Partial<GanttRow>): GanttRow => ({
  id: 1,
  label: '人员划转',
  group: null,
  start: '2022-03-01',
  finish: '2022-03-31',
  baselineStart: null,
  baselineFinish: null,
  slackUntil: null,
  critical: false,
  milestone: false,
  light: 'green',
  fixed: null,
  ...values,
})
const gantt = (rows: GanttRow[], more: Partial<Gantt> = {}): string =>
  ganttChart({
    title: '改革进度',
    rows,
    today: '2022-03-10',
    from: '2022-01-01',
    to: '2022-12-31',
    labels: {
      today: '今天',
      baseline: '基线',
      forecast: '预测',
      critical: '关键',
      slack: '时差',
      fixed: '固定',
    },
    ...more,
  })

function elements(svg: string) {
  const found: { name: string; attributes: Record<string, any> }[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => found.push({ name, attributes }))
  parser.write(svg).close()
  return found
}

test.group('Gantt', () => {
  test('a bar lies on its days, its baseline below it, slack after it', ({ assert }) => {
    const svg = gantt([
      row({ baselineStart: '2022-02-01', baselineFinish: '2022-02-28', slackUntil: '2022-04-30' }),
    ])
    const boxes = elements(svg).filter(
      ({ name, attributes }) => name === 'rect' && attributes.y >= 58
    )
    const [baseline, bar] = boxes.map(({ attributes }) => ({
      left: Number(attributes.x),
      right: Number(attributes.x) + Number(attributes.width),
    }))
    assert.isBelow(baseline.left, bar.left)
    assert.closeTo(baseline.right, bar.left, 0.2)
    const perDay = (1080 - 216 - 16) / 365
    assert.closeTo(bar.right - bar.left, 31 * perDay, 0.2)
    assert.isTrue(svg.includes('stroke-dasharray="3 3"'))
  })

  test('milestones are diamonds, fixed dates flags, groups headings; today has its line', ({
    assert,
  }) => {
    const svg = gantt([
      row({ group: '机构', milestone: true, finish: '2022-02-28', fixed: '2022-02-28' }),
      row({ id: 2, group: '人员', critical: true, light: 'red' }),
    ])
    assert.include(svg, '>机构<')
    assert.include(svg, '>人员<')
    assert.include(svg, '>今天<')
    assert.lengthOf(
      elements(svg).filter(({ name }) => name === 'path'),
      2
    )
    assert.notInclude(gantt([row({})], { today: '2023-06-01' }), '>今天<')
  })

  test('names have the room that they are given; what only finished has its last day', ({
    assert,
  }) => {
    const label = '完成融媒体中心机构改革和人员编制划转工作并验收'
    assert.notInclude(gantt([row({ label })]), `>${label}<`)
    assert.include(gantt([row({ label })], { names: 360 }), `>${label}<`)
    const places = (svg: string) => svg.match(/<text x="(\d+)"[^>]*>人员划转</)![1]
    assert.equal(places(gantt([row({})])), '12')
    assert.equal(places(gantt([row({ indented: true })])), '24')
    const done = elements(gantt([row({ start: null, light: 'done' })]))
    assert.lengthOf(
      done.filter(({ name, attributes }) => name === 'rect' && attributes.y >= 58),
      1
    )
  })

  test('hostile names stay text, nothing is styled or fetched, empty plans are drawn', ({
    assert,
  }) => {
    const svg = gantt([row({ label: '</text><script>alert(1)</script>', group: '"><img src=x>' })])
    const names = new Set(elements(svg).map(({ name }) => name))
    assert.isFalse(names.has('script') || names.has('img'))
    assert.isFalse(elements(svg).some(({ attributes }) => 'style' in attributes))
    assert.doesNotThrow(() => elements(gantt([])))
    assert.doesNotThrow(() => elements(gantt([row({ start: null, finish: null, light: 'grey' })])))
  })
})
