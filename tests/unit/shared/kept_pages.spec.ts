import { test } from '@japa/runner'
import { KeptPages } from '#shared/view/kept_pages'

const standIns = { nonce: 'stand-in-1', requestId: 'stand-in-2' }
const html = '<p nonce="stand-in-1">公告</p><script nonce="stand-in-1"></script>请求 stand-in-2'
const said = (nonce: string, requestId: string) =>
  `<p nonce="${nonce}">公告</p><script nonce="${nonce}"></script>请求 ${requestId}`

test.group('pages kept for everybody', () => {
  test('every answer bears its own marks, however long they are', ({ assert }) => {
    const kept = new KeptPages(standIns)
    const first = kept.keep('a', html, 100, { nonce: 'n1', requestId: '一个请求' })
    assert.equal(first.toString(), said('n1', '一个请求'))
    const second = kept.find('a', { nonce: '$&$1', requestId: '' }, 99)
    assert.equal(second!.toString(), said('$&$1', ''))
    assert.equal(kept.once('stand-in-2公告', { nonce: 'n', requestId: 'r' }).toString(), 'r公告')
    assert.equal(kept.once('公告', { nonce: 'n', requestId: 'r' }).toString(), '公告')
  })

  test('not after its time, and not under another address', ({ assert }) => {
    const kept = new KeptPages(standIns)
    kept.keep('a', html, 100, standIns)
    assert.isNull(kept.find('a', standIns, 100))
    assert.isNull(kept.find('b', standIns, 0))
  })

  test('the oldest goes when there are very many', ({ assert }) => {
    const kept = new KeptPages(standIns)
    for (let index = 0; index < 201; index++) kept.keep(`${index}`, html, 100, standIns)
    assert.isNull(kept.find('0', standIns, 0))
    assert.isNotNull(kept.find('200', standIns, 0))
  })
})
