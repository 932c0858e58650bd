import { test } from '@japa/runner'
import { SaxesParser } from 'saxes'
import { flowSankey } from '#shared/charts/flow_sankey'
import { histogram, toBins } from '#shared/charts/histogram'
import { orgTree } from '#shared/charts/org_tree'
import { quotaBars } from '#shared/charts/quota_bars'
import { renderChart } from '#shared/charts/render'
import { shorten } from '#shared/charts/text'

const labels = { filled: '实有', reserved: '预占', vacant: '空编', over: '超编' }
const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</text></svg><script>',
  '{b}{c|<b>}',
  ']]><style>*{}</style>',
  'http://evil.example/a.png',
  'image://http://evil.example/a.png',
  'url(http://evil.example) zr0-c0',
  '张\u0000三\u202e',
]

/** Elements, attributes and texts; throws when the picture is not well-formed. */
function parse(svg: string) {
  const elements: string[] = []
  const attributes: [string, string][] = []
  const texts: string[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => {
    elements.push(tag.name)
    attributes.push(...(Object.entries(tag.attributes) as [string, string][]))
    texts.push('')
  })
  parser.on('text', (text) => {
    if (texts.length > 0) texts[texts.length - 1] += text
  })
  parser.write(svg).close()
  return { elements, attributes, texts: texts.filter(Boolean) }
}

function bars(unit: string, funding = '全额') {
  const row = { unit, funding, authorised: 8, filled: 11, reserved: 1, vacant: 0, over: 3 }
  return quotaBars({ title: unit, labels, rows: [row] })
}

function all(name: string): string[] {
  return [
    bars(name, name),
    flowSankey({
      title: name,
      units: [{ code: 'A', name }],
      links: [{ from: 'A', to: name, people: 3 }],
    }),
    orgTree({
      title: name,
      nodes: [
        { id: 1, parentId: null, name, note: name, state: 'new' },
        { id: 2, parentId: 1, name, state: 'ended' },
      ],
    }),
    histogram({
      title: name,
      labels: { value: name, count: name },
      bins: toBins([1, 2], 0, 4, 2),
    }),
  ]
}

test.group('Charts', () => {
  test('hostile name {$i} stays text, nothing is fetched')
    .with(hostile)
    .run(({ assert }, name) => {
      for (const svg of all(name)) {
        const { elements, attributes } = parse(svg)
        const allowed = ['svg', 'title', 'desc', 'rect', 'path', 'text', 'g', 'defs', 'pattern']
        assert.includeMembers([...allowed, 'clipPath', 'tspan', 'linearGradient', 'stop'], elements)
        for (const [attribute, value] of attributes) {
          assert.notMatch(attribute, /^on|href|src|^style$/)
          assert.notMatch(value, /url\((?!#)|javascript:|evil/)
        }
      }
    })

  test('title and description stand for the picture', ({ assert }) => {
    for (const svg of all('融媒体中心')) {
      const { attributes, texts } = parse(svg)
      const found = Object.fromEntries(attributes.slice(0, 20))
      assert.include(svg, 'role="img"')
      assert.match(found['aria-labelledby'], /^c[0-9a-f]{10}-t c[0-9a-f]{10}-d$/)
      assert.equal(texts[0], '融媒体中心')
    }
  })

  test('the same picture is the same text, two pictures share no ids', ({ assert }) => {
    const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    const [first, second] = [bars('报社'), bars('报社')]
    assert.isTrue(first === second)
    assert.isAbove(ids(bars('报社')).length, 2)
    assert.isEmpty(ids(bars('报社')).filter((id) => ids(bars('电视台')).includes(id)))
  })

  test('over quota is told by red, stripes and figures; nought is not written', ({ assert }) => {
    const { elements, texts } = parse(bars('报社'))
    assert.include(elements, 'pattern')
    assert.includeMembers(texts, ['8', '1', '3', '11 / 8', '超编'])
    assert.equal(texts.filter((text) => text === '0').length, 1, 'only the axis begins at 0')
  })

  test('colours follow the page, or are fixed when asked', ({ assert }) => {
    assert.include(bars('报社'), 'currentColor')
    const dark = orgTree({
      title: '单位',
      theme: 'dark',
      nodes: [{ id: 1, parentId: null, name: '报社', state: 'new' }],
    })
    assert.notMatch(dark, /var\(|currentColor/)
    assert.include(dark, '#e8eaed')
  })

  test('people who stay and units that exchange people are no cycle', ({ assert }) => {
    const units = [
      { code: 'A', name: '甲单位' },
      { code: 'B', name: '乙单位' },
    ]
    const links = [
      { from: 'A', to: 'B', people: 5 },
      { from: 'B', to: 'A', people: 2 },
      { from: 'A', to: 'A', people: 7 },
      { from: 'B', to: 'B', people: 0 },
    ]
    const { texts } = parse(flowSankey({ title: '流向', units, links }))
    assert.includeMembers(texts, ['甲单位  12', '乙单位  2', '甲单位  9', '乙单位  5'])
    assert.include(texts[1], '甲单位 → 乙单位: 5')
  })

  test('no rows, no links and no nodes are drawn too', ({ assert }) => {
    const pictures = [
      quotaBars({ title: '空', labels, rows: [] }),
      flowSankey({ title: '空', units: [], links: [] }),
      orgTree({ title: '空', nodes: [] }),
      histogram({ title: '空', labels: { value: '分', count: '人' }, bins: [] }),
    ]
    for (const svg of pictures) assert.equal(parse(svg).elements[0], 'svg')
    assert.notMatch(pictures.join(''), /NaN|undefined|Infinity/)
  })

  test('every node of a tree stands once, also orphans and circles', ({ assert }) => {
    const nodes = [
      { id: 1, parentId: null, name: '宣传部' },
      { id: 2, parentId: 1, name: '中心', note: '新设' },
      { id: 3, parentId: 99, name: '孤儿' },
      { id: 4, parentId: 5, name: '环甲' },
      { id: 5, parentId: 4, name: '环乙' },
      { id: 6, parentId: 6, name: '自己' },
      { id: 7, parentId: 4, name: '环下' },
    ]
    const { texts } = parse(orgTree({ title: '机构', nodes }))
    for (const { name } of nodes)
      assert.lengthOf(
        texts.slice(2).filter((t) => t === name),
        1,
        name
      )
    assert.include(texts, '新设')
  })

  test('an option that names a file or an address is refused', ({ assert }) => {
    const symbol = 'image://http://evil.example/a.png'
    const option = { series: { type: 'tree' as const, symbol, data: [{ name: '甲' }] } }
    assert.throws(
      () => renderChart(option, { width: 100, height: 100, title: '坏' }),
      'A chart may not name anything outside itself'
    )
  })

  test('bins are half-open, the ends take what lies outside', ({ assert }) => {
    const bins = toBins([50, 59.9, 60, 100, 120, 10], 50, 100, 10)
    assert.deepEqual(
      bins.map(({ count }) => count),
      [3, 1, 0, 0, 2]
    )
  })

  test('long names are cut by width with an ellipsis', ({ assert }) => {
    assert.equal(shorten('新媒体和大数据运营中心', 6), '新媒体和大数…')
    assert.equal(shorten('abcdefgh', 4), 'abcdefgh')
    assert.equal(shorten('𬭎𬭎𬭎', 2), '𬭎𬭎…')
  })
})
