import { test } from '@japa/runner'
import { sealCertificate } from '#shared/certificates/seal'
import { certificatePaper } from '#shared/documents/certificate_paper'
import { closeRenderer, renderPdf } from '#shared/documents/render'
import { exampleBody } from '../certificates/example.js'
import { pdfPages } from './pdf_text.js'

test.group('Certificate on paper', (group) => {
  group.teardown(() => closeRenderer())

  test('facts, figures, equal sums, hash and the way to check', async ({ assert }) => {
    const certificate = sealCertificate('conservation', exampleBody())
    const paper = certificatePaper(certificate, { issuer: '市融媒体中心', date: '2022-04-01' })
    const pages = await pdfPages(await renderPdf(paper))
    assert.lengthOf(pages, 1)
    assert.include(pages[0], '编号：HZ-2022-001')
    assert.include(pages[0], '单位RM04全额拨款在编012128511227+85+100+15')
    assert.include(pages[0], '单位GD01—编外60——0——-60——')
    assert.equal(pages[0].match(/相等/g)?.length, 1 + 3 + 1)
    assert.include(pages[0], '合计均为210人、编制合计均为187名')
    assert.include(pages[0].replaceAll(' ', ''), certificate.hash)
    assert.include(pages[0], '审计日志第 4211 条')
    assert.include(pages[0], 'certificate:check')
  })

  test('many units go over several pages with the heading repeated', async ({ assert }) => {
    const body = exampleBody()
    body.rows = Array.from({ length: 90 }, (_, index) => ({
      ...body.rows[0],
      unit: { code: `U${index}`, name: `第${index}单位` },
      before: { people: 5, quota: 6, vacant: 1 },
      after: { people: 5, quota: 6, vacant: 1 },
    }))
    const certificate = sealCertificate('conservation', body)
    const paper = certificatePaper(certificate, { issuer: '市编办', date: '2022-04-01' })
    const pages = await pdfPages(await renderPdf(paper))
    assert.isAbove(pages.length, 2)
    assert.include(pages[1], '经费形式')
    assert.equal(pages.join('').match(/第\d+单位/g)?.length, 90)
  })
})
