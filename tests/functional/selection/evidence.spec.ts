import { test } from '@japa/runner'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ApiClient } from '@japa/api-client'
import type User from '#accounts/models/user'
import { clock } from '#shared/clock'
import { storageDir } from '#shared/operations/places'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenPublishedRound } from './givens.js'

const PATH = '/tmp/ronghe-evidence.pdf'
const PDF = '%PDF-1.7 业绩证明'

test.group('Selection: the evidence of an objection', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  const file = (client: ApiClient, roundId: number, user: User, name: string) =>
    client
      .post(`/selection/objections/${roundId}/filing`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .field('body', '业绩材料漏评')
      .file('file', PATH, { filename: name })

  test('goes with the objection, encrypted, and opens for who objected and who works on it', async ({
    assert,
    client,
  }) => {
    const { roundId, unitId, staff } = await givenPublishedRound()
    await writeFile(PATH, PDF)
    const [objector, other] = staff
    ;(await file(client, roundId, objector.user, '业绩.pdf')).assertStatus(302)
    const [objection] = await rowsOf('selection_objections')
    const [stored] = await rowsOf('files')
    assert.deepEqual(
      [Number(objection.file_id), stored.name, stored.mime, stored.subject_type],
      [Number(stored.id), '业绩.pdf', 'application/pdf', 'selection_objection']
    )
    const onDisk = await readFile(join(storageDir(), stored.storage_key), 'utf8')
    assert.notInclude(onDisk, 'PDF-1.7')

    const url = `/selection/objections/${objection.id}/evidence`
    const status = async (user: User) => (await client.get(url).loginAs(user).redirects(0)).status()
    const opens = [
      objector.user,
      await givenUser({ role: 'hr_officer' }),
      await givenUser({ role: 'hr_head', unitId }),
      await givenUser({ role: 'discipline_inspector' }),
    ]
    for (const user of opens) {
      const answer = await client.get(url).loginAs(user).redirects(0)
      answer.assertStatus(200)
      assert.equal((answer.body() as Buffer).toString(), PDF)
    }
    const strangers = [
      other.user,
      await givenUser({ role: 'hr_head', unitId: await givenUnit() }),
      await givenUser({ role: 'leadership' }),
      await givenUser({ role: 'auditor' }),
      await givenUser({ role: 'scorer' }),
      await givenUser(),
    ]
    for (const user of strangers) assert.equal(await status(user), 403)
    const read = await rowsOf('audit_events', { action: 'selection.objection.file_opened' })
    assert.deepEqual(
      read.map((row) => [Number(row.actor_id), Number(row.subject_id), JSON.parse(row.changes)]),
      opens.map(({ id }) => [id, Number(objection.id), { file: '业绩.pdf' }])
    )
    const nobody = await client.get(url).redirects(0)
    assert.equal(nobody.header('location'), '/accounts/sign-in')
    const page = await client.get(`/selection/objections/${objection.id}`).loginAs(objector.user)
    page.assertTextIncludes('业绩.pdf')
  })

  test('what is no PDF and no picture is refused, whatever its name, and nothing is filed', async ({
    assert,
    client,
  }) => {
    const { roundId, staff } = await givenPublishedRound()
    await writeFile(PATH, '<script>alert(1)</script>')
    ;(await file(client, roundId, staff[0].user, '业绩.pdf')).assertStatus(302)
    assert.isEmpty(await rowsOf('selection_objections'))
    assert.isEmpty(await rowsOf('files'))
  })
})
