import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { advanceRound } from '#selection/actions/advance'
import { signPlace } from '#selection/actions/answers'
import { accountOf } from '#selection/queries/account'
import { arrangementsOf } from '#selection/queries/arrangements'
import { participantById, participantsOf } from '#selection/queries/participants'
import { matchingById, resultsOf } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { checkCertificate } from '#shared/certificates/check'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser } from '#tests/support/givens'
import { download, importSheet } from '../journey/acts.js'
import { Office } from '../journey/desk.js'
import { closeBrowser, openPage, settle, signIn, visit } from '../support/browser.js'
import { DAY, givenCity, givenOffice, givenRound } from '../../functional/selection/givens.js'

/** The sample round in the browser, from the sheet to the last of the 117. */
test.group('The sample round in the browser', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(DAY)
    return () => clock.release()
  })
  group.teardown(() => closeBrowser())

  test('approved, published, objected to, declined, placed, engaged: nobody is lost', async ({
    assert,
  }) => {
    const office = await givenOffice()
    await givenCity(office.officer)
    const roundId = await givenRound(office.officer)
    const offices = new Office('zh-CN')
    await offices.sits('hr_officer', (desk) =>
      // The only round without posts is proposed for it.
      importSheet(desk, {
        definition: 'selection_round',
        file: 'selection/round-1.xlsx',
        asOf: DAY,
      })
    )
    clock.freeze('2022-03-07')
    const at = `/selection/rounds/${roundId}`
    const user = async (id: number | null) => db.from('users').where('id', id!).firstOrFail()
    const head = await openPage()
    await signIn(head, (await user(office.head.userId)).username)

    /** A move asks before it is made: the button, then the button of its question. */
    const move = async (page: typeof head, name: string, comment?: string) => {
      await page.getByRole('button', { name, exact: true }).first().click()
      const dialog = page.locator('dialog[popover]:popover-open')
      if (comment) await dialog.locator('textarea').fill(comment)
      await dialog.getByRole('button', { name, exact: true }).click()
      await settle(page)
    }
    await visit(head, at)
    await move(head, '批准并匹配')
    const figures = await head.locator('.figures').innerText()
    for (const figure of ['117', '106', '100', '17', '空余 6']) assert.include(figures, figure)
    assert.include(await head.locator('main').innerText(), '没有阻塞对')
    await move(head, '公示结果')
    assert.equal((await roundById(roundId)).state, 'publicity')
    await visit(head, `/selection/notices/${roundId}`)
    assert.include(await head.locator('main').innerText(), '未经系统封存')

    // Somebody refused by his first post objects, with the reason before his eyes.
    const first = await resultsOf((await roundById(roundId)).matchingId!)
    const refused = first.find(({ why }) => why.wishes[0].verdict === 'below')!
    const person = await participantById(refused.participantId)
    const objector = await givenUser({ personId: person.personId })
    const phone = await openPage({ width: 360 })
    await signIn(phone, objector.username)
    await visit(phone, `/selection/mine/${roundId}`)
    assert.match(
      await phone.locator('.wishes').innerText(),
      /名已满，最后录用 [\d.]+ 分，您 [\d.]+ 分/
    )
    await phone.getByRole('link', { name: /提出异议/ }).click()
    await settle(phone)
    await phone.locator('select[name=list_id]').selectOption({ index: 1 })
    await phone.locator('textarea[name=body]').fill('业绩漏评')
    await phone.getByRole('button', { name: '提交' }).click()
    await settle(phone)

    const objection = await db.from('selection_objections').firstOrFail()
    const documentId = await givenDocument('市融改〔2022〕9号')
    await visit(head, `/selection/objections/${objection.id}`)
    const accept = head.locator('form').filter({ has: head.locator('input[name=score]') })
    await accept.locator('input[name=score]').fill('100')
    await accept.locator('textarea').fill('补评业绩')
    await accept.locator('.ts-control input').first().pressSequentially('9号')
    await head.locator('.ts-dropdown .option').first().click()
    await accept.getByRole('button', { name: '异议成立' }).click()
    await settle(head)
    assert.include(await head.locator('main').innerText(), person.name)
    assert.isAbove(documentId, 0)
    const second = await matchingById((await roundById(roundId)).matchingId!)
    assert.equal(second.kind, 'objection')

    // One declines on the phone; the others only gain.
    const leaver = (await resultsOf(second.id)).find(({ postCode }) => postCode === 'C04')!
    const leaving = await participantById(leaver.participantId)
    const leaverUser = await givenUser({ personId: leaving.personId })
    const other = await openPage({ width: 360 })
    await signIn(other, leaverUser.username)
    await visit(other, `/selection/mine/${roundId}`)
    await move(other, '放弃', '另有安排')
    assert.include(await other.locator('main').innerText(), '已放弃')

    const { publicityUntil } = await roundById(roundId)
    clock.freeze(publicityUntil!)
    assert.deepEqual(await advanceRound(roundId), [])
    clock.freeze('2022-03-15')
    await advanceRound(roundId)
    // A week later every session has ended.
    await signIn(head, (await user(office.head.userId)).username)
    await signIn(phone, objector.username)
    await visit(head, at)
    await move(head, '调剂')
    const { matchingId } = await roundById(roundId)
    assert.equal((await matchingById(matchingId!)).kind, 'placement')

    // The objector confirms on the phone; the others signed on paper.
    await visit(phone, `/selection/mine/${roundId}`)
    await move(phone, '确认聘用')
    assert.include(await phone.locator('main').innerText(), '确认')
    const places = (await resultsOf(matchingId!)).filter(({ postId }) => postId !== null)
    for (const { participantId } of places) {
      const { version, answer } = await participantById(participantId)
      if (answer !== 'open') continue
      await signPlace({ participantId, version, note: '纸质确认书' }, office.officer)
    }
    const desk = await openPage()
    await signIn(desk, (await user(office.officer.userId)).username)
    await visit(desk, at)
    await desk.locator('input[name=effective_on]').fill('2022-04-01')
    await desk.getByRole('button', { name: '生成划转批次' }).click()
    await settle(desk)
    const batches = await db.from('transfer_batches').orderBy('id')
    assert.lengthOf(batches, 2)
    const paths = batches.map(({ id }) => `/transfers/batches/${id}`)
    await offices.sits('hr_officer', async (officer) => {
      for (const path of paths) {
        await officer.open(path)
        await officer.move(`${path}/check`)
        await officer.move(`${path}/submission`)
      }
    })
    for (const [role, step] of [
      ['hr_head', 'unit'],
      ['personnel_approver', 'personnel'],
      ['establishment_approver', 'establishment'],
    ] as const) {
      await offices.sits(role, async (signer) => {
        for (const path of paths) {
          await signer.open(path)
          await signer.move(`${path}/signatures/${step}`, '同意')
        }
      })
    }
    clock.freeze('2022-04-01')
    await advanceRound(roundId)
    await offices.sits('hr_head', async (executor) => {
      for (const path of paths) {
        await executor.open(path)
        await executor.move(`${path}/execution`)
        const certificate = await download(executor, `${path}/certificate/json`)
        assert.deepEqual(checkCertificate(certificate), [])
      }
    })

    // Who has no place is settled one by one; the last of them in the browser.
    await signIn(head, (await user(office.head.userId)).username)
    await signIn(desk, (await user(office.officer.userId)).username)
    const open = await arrangementsOf({ roundId, state: 'open' })
    for (const { id } of open) {
      await visit(desk, `/selection/arrangements/${id}`)
      await desk.locator('select[name=outcome]').selectOption('stays')
      await desk.getByRole('button', { name: '落实', exact: true }).click()
      await settle(desk)
    }
    await visit(head, at)
    await move(head, '结束本轮')
    const account = await accountOf(await roundById(roundId))
    assert.equal(account.total, (await participantsOf(roundId)).length)
    assert.equal(account.total, 117)
    assert.equal(account.counts.re_engaged, places.length)
    assert.equal(account.counts.re_engaged + account.counts.settled, 117)
    for (const page of [head, phone, other, desk]) await page.context().close()
  }).timeout(300_000)
})
