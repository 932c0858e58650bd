import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import type { EqualPayGroup } from '#pay/domain/equal_pay'
import { payBoxes, payTrend } from '#pay/presenters/pay_boxes'

const classOf = (nature: string, gap: number | null): EqualPayGroup => ({
  nature,
  contract: 8,
  establishment: 9,
  raw: null,
  index: null,
  finding: false,
  adjusted:
    gap === null
      ? null
      : {
          gapPercent: gap,
          low: gap - 4,
          high: gap + 4,
          p: 0.01,
          significant: true,
          controls: [],
          without: 0,
        },
  outliers: [],
})

/** What a reader sees, without the title and description for screen readers. */
const drawn = (svg: string) => svg.replace(/<(title|desc)[^>]*>.*?<\/\1>/gs, '')

test.group('Pictures of equal pay', (group) => {
  group.setup(() => i18nManager.loadTranslations())
  const i18n = i18nManager.locale('zh-CN')

  test('each gap is drawn with its interval and its figure', ({ assert }) => {
    const svg = drawn(payBoxes([classOf('editorial', -23.7), classOf('technical', 2.5)], i18n)!)
    for (const text of ['采编', '技术', '-23.7%', '2.5%']) assert.include(svg, `>${text}<`)
    assert.isAtLeast(svg.split('<path').length, 4)
    assert.isNull(payBoxes([classOf('editorial', null)], i18n))
  })

  test('the trend has a line a class and needs two months', ({ assert }) => {
    const month = (name: string, gap: number) => ({
      month: name,
      groups: [classOf('editorial', gap), classOf('administrative', gap / 2)],
    })
    assert.isNull(payTrend([month('2022-06', -40)], i18n))
    const svg = drawn(payTrend([month('2022-06', -40), month('2022-07', -20)], i18n)!)
    for (const text of ['2022-06', '2022-07', '采编', '行政']) assert.include(svg, `>${text}<`)
  })
})
