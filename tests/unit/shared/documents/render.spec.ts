import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import type { PdfDocument, PdfNode } from '#shared/documents/definition'
import { closeRenderer, RenderError, renderPdf } from '#shared/documents/render'
import { pdfPages } from './pdf_text.js'

function page(...content: object[]): PdfDocument {
  const section = { content: content as PdfNode[], pageNumbers: 'none' as const }
  return { title: '试印', sections: [{ ...section, margins: [40, 40, 40, 40] }] }
}

test.group('Drawing a PDF in the worker', (group) => {
  group.each.teardown(() => clock.release())
  group.teardown(() => closeRenderer())

  test('rare characters of names come out as text', async ({ assert }) => {
    const pdf = await renderPdf(page({ text: '欧阳㛃 王䶮 李𬭎 陈𫖯' }))
    assert.equal(pdf.subarray(0, 5).toString('latin1'), '%PDF-')
    assert.deepEqual(await pdfPages(pdf), ['欧阳㛃 王䶮 李𬭎 陈𫖯'])
  })

  test('many documents at once each get their own answer', async ({ assert }) => {
    const texts = Array.from({ length: 12 }, (_, index) => `第${index}件`)
    const pdfs = await Promise.all(texts.map((text) => renderPdf(page({ text }))))
    const found = await Promise.all(pdfs.map(pdfPages))
    assert.deepEqual(
      found,
      texts.map((text) => [text])
    )
  })

  test('the same document at the same moment gives the same bytes', async ({ assert }) => {
    clock.freeze('2022-04-01')
    const first = await renderPdf(page({ text: '同一份' }))
    const second = await renderPdf(page({ text: '同一份' }))
    assert.isTrue(first.equals(second))
  })

  test('no file and no address can be read through a document', async ({ assert }) => {
    const image = (source: string) => renderPdf(page({ image: source }))
    await assert.rejects(() => image('/etc/hostname'), /denied by resource access policy/)
    await assert.rejects(
      () => image('http://127.0.0.1:9/a.png'),
      /denied by resource access policy/
    )
    await assert.rejects(
      () =>
        renderPdf(page({ text: '附', attachment: { src: '/etc/hostname' } }, { attachment: 'x' })),
      RenderError
    )
  })

  test('a drawing is drawn with the words in it, but reads no file', async ({ assert }) => {
    const drawing = (inside: string) =>
      page({ svg: `<svg width="200" height="100">${inside}</svg>`, width: 100 })
    const word = '<text x="5" y="20" font-family="PingFang SC, sans-serif">甘特图</text>'
    const picture = `<image width="50" height="50" href="${app.makePath('docs/images/slip.png')}"/>`
    const pdf = await renderPdf(drawing(word + picture))
    assert.deepEqual(await pdfPages(pdf), ['甘特图'])
    assert.notInclude(pdf.toString('latin1'), '/Subtype /Image')
  })

  test('a definition with a function is refused, the next document is drawn', async ({
    assert,
  }) => {
    await assert.rejects(() => renderPdf(page({ text: () => '' })), 'Not a plain definition')
    assert.lengthOf(await pdfPages(await renderPdf(page({ text: '下一件' }))), 1)
  })

  test('when the time is up only that document fails', async ({ assert }) => {
    const long = page({ text: '很长的正文，'.repeat(40_000) })
    const late = renderPdf(long, 30)
    const after = renderPdf(page({ text: '后一件' }))
    await assert.rejects(() => late, 'No PDF after 30 ms')
    assert.deepEqual(await pdfPages(await after), ['后一件'])
  })

  test('closing fails the document in hand; a later one starts a new thread', async ({
    assert,
  }) => {
    const pending = assert.rejects(
      () => renderPdf(page({ text: '正文，'.repeat(20_000) })),
      'The renderer was closed'
    )
    await closeRenderer()
    await pending
    assert.deepEqual(await pdfPages(await renderPdf(page({ text: '重来' }))), ['重来'])
  })
})
