import { test } from '@japa/runner'
import { Actor } from '#shared/actor'
import { unseal } from '#shared/crypto'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { createPerson } from '#people/actions/create_person'
import { personById, personByIdentity } from '#people/queries/person'

const IDENTITY = '11010519491231002X'
const actor = Actor.system('test')

test.group('A person on record', (group) => {
  group.each.setup(() => emptyDatabase())

  test('identity number and phone are sealed, masked and found by digest', async ({ assert }) => {
    const id = await createPerson(
      { name: '欧阳翔', sex: 'female', identityNo: IDENTITY, phone: '13912340680' },
      actor
    )
    const [row] = await rowsOf('persons')
    assert.notInclude(JSON.stringify(row), IDENTITY)
    assert.notInclude(JSON.stringify(row), '13912340680')
    assert.equal(unseal(row.identity_sealed, 'identity'), IDENTITY)
    assert.equal(unseal(row.phone_sealed, 'phone'), '13912340680')
    assert.equal(row.identity_masked, '1101**********002X')
    assert.equal(row.phone_masked, '139****0680')
    assert.equal(row.name_pinyin, 'ouyangxiang')
    assert.equal(row.name_initials, 'oyx')
    assert.equal((await personByIdentity(IDENTITY))!.id, id)
    assert.equal((await personById(id))!.name, '欧阳翔')
    assert.isNull(await personById(id + 1))

    const [event] = await rowsOf('audit_events')
    assert.equal(event.action, 'people.person.created')
    assert.notInclude(JSON.stringify(event), IDENTITY)
  })

  test('nobody is on record twice', async ({ assert }) => {
    await createPerson({ name: '王芳', identityNo: IDENTITY }, actor)
    const error: any = await createPerson({ name: '王芳', identityNo: IDENTITY }, actor).catch(
      (caught) => caught
    )
    assert.equal(error.key, 'people.errors.identity_taken')
    assert.notInclude(String(error.stack), IDENTITY)
    assert.lengthOf(await rowsOf('persons'), 1)
    assert.lengthOf(await rowsOf('audit_events'), 1)
  })
})
