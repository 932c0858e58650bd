import { test } from '@japa/runner'
import { createProject, moveStep } from '#funds/actions/projects'
import { movementById } from '#funds/queries/movements'
import { projectById } from '#funds/queries/projects'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenFund } from './givens.js'

test.group('Pages of special funds and projects', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze('2022-03-01'))
  group.each.teardown(() => clock.release())

  const post = (client: any, url: string, user: any, form: object) =>
    client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)

  test('a payment goes from its form to the account book; typed amounts are read to the fen', async ({
    client,
    assert,
  }) => {
    const { fundId, lineId, documentId } = await givenFund(500_00)
    const officer = await givenUser({ role: 'finance_officer' })
    const head = await givenUser({ role: 'finance_head' })
    const form = {
      line_id: lineId,
      kind: 'commitment',
      payee: '甲公司',
      purpose: '采购',
      document_id: String(documentId),
      happens_on: '2022-03-01',
      _key: 'once',
    }
    const bad = await post(client, `/funds/${fundId}/movements`, officer, {
      ...form,
      amount: '1e3',
    })
    assert.equal(bad.flashMessage('inputErrorsBag').amount.length, 1)
    for (let time = 0; time < 2; time++) {
      await post(client, `/funds/${fundId}/movements`, officer, { ...form, amount: '￥123.45' })
    }
    const movement = (await rowsOf('fund_movements', { state: 'submitted' })).at(-1)!
    assert.equal(Number(movement.amount_fen), 123_45)
    assert.lengthOf(await rowsOf('fund_movements', { state: 'submitted' }), 1)
    await post(client, `/funds/movements/${movement.id}/posting`, head, { version: 1 })
    assert.equal((await movementById(movement.id)).state, 'posted')
    const page = await client.get(`/funds/${fundId}`).loginAs(officer)
    assert.include(page.text(), '¥123.45')
    for (const format of ['pdf', 'xlsx']) {
      const file = await client.get(`/funds/${fundId}/statement?format=${format}`).loginAs(head)
      file.assertStatus(200)
    }
    assert.lengthOf(await rowsOf('audit_events', { action: 'funds.fund.exported' }), 2)
  })

  test('strangers: another unit’s officer and other roles change and see nothing', async ({
    client,
    assert,
  }) => {
    const { fundId, prepare } = await givenFund(500_00)
    const movementId = await prepare({ kind: 'commitment', amountFen: 1, payee: '甲' })
    const elsewhere = await givenUnit()
    const strangers = [
      await givenUser({ role: 'finance_officer', unitId: elsewhere }),
      await givenUser({ role: 'finance_head', unitId: elsewhere }),
      await givenUser({ role: 'hr_officer' }),
    ]
    for (const user of strangers) {
      for (const path of [`/funds/${fundId}`, `/funds/movements/${movementId}`]) {
        const page = await client.get(path).loginAs(user)
        page.assertStatus(403)
      }
      const sent = await post(client, `/funds/movements/${movementId}/posting`, user, {
        version: 1,
      })
      sent.assertStatus(403)
    }
    const list = await client.get('/funds/movements').loginAs(strangers[0])
    assert.notInclude(list.text(), `/funds/movements/${movementId}`)
    assert.equal((await movementById(movementId)).state, 'submitted')
  })

  test('the steps of a project in their order; a contract waits for the design', async ({
    assert,
  }) => {
    const { unitId, prepare, officer } = await givenFund(500_00)
    const authorityId = await givenUnit()
    const documentId = await givenDocument()
    const projectId = await createProject(
      {
        name: '中央厨房',
        unitId,
        content: '平台',
        estimateFen: 400_00,
        authorityId,
        workItemId: null,
      },
      officer
    )
    const step = async (
      index: number,
      verb: 'submit' | 'approve' | 'refuse',
      on = '2022-03-01'
    ) => {
      const { id: stepId, version } = (await projectById(projectId)).steps[index]
      await moveStep({ stepId, version, verb, on, documentId }, officer)
    }
    await assert.rejects(() => step(1, 'submit'), 'funds.errors.step_not_current')
    await assert.rejects(() => step(0, 'submit', '2022-03-02'), 'funds.errors.date_ahead')
    const contract = { kind: 'commitment' as const, amountFen: 10, payee: '甲', projectId }
    await assert.rejects(() => prepare(contract), 'funds.errors.project_not_approved')
    await step(0, 'submit')
    await step(0, 'refuse')
    for (const index of [0, 1, 2]) {
      await step(index, 'submit')
      await step(index, 'approve')
    }
    await prepare(contract)
    const { steps } = await projectById(projectId)
    assert.deepEqual(
      steps.map(({ state }) => state),
      ['approved', 'approved', 'approved', 'todo', 'todo']
    )
  })

  test('a dissolved unit hands its fund and its project over, or says why it cannot end', async ({
    assert,
  }) => {
    const { unitId, fundId, officer, enter } = await givenFund(500_00)
    await enter({ kind: 'commitment', amountFen: 1, payee: '甲' })
    const projectId = await createProject(
      {
        name: '演播室',
        unitId,
        content: '改造',
        estimateFen: 1,
        workItemId: null,
        authorityId: unitId,
      },
      officer
    )
    const successor = await givenUnit()
    await inTransaction(async (trx) => {
      const held = await unitDissolvedPort.list(unitId, trx)
      const own = held.filter(({ kind }) => kind === 'fund' || kind === 'construction_project')
      assert.sameDeepMembers(
        own.map(({ kind, id }) => [kind, id]),
        [
          ['fund', fundId],
          ['construction_project', projectId],
        ]
      )
      for (const holding of own) {
        await assert.rejects(() => unitDissolvedPort.settle(holding, null, '2022-03-01', trx))
        await unitDissolvedPort.settle(holding, successor, '2022-03-01', trx)
      }
    })
    assert.equal(Number((await rowsOf('funds'))[0].unit_id), successor)
    assert.equal(Number((await rowsOf('construction_projects'))[0].unit_id), successor)
  })
})
