import { test } from '@japa/runner'
import { readPerson } from '#people/domain/read_person'

const EMPTY = {
  sex: null,
  birth_on: null,
  phone: null,
  education: null,
  political_status: null,
  work_started_on: null,
  retirement_kind: null,
  remark: null,
}

test.group('A person from a form', () => {
  test('nobody is born after today, by the number neither', ({ assert }) => {
    const form = { ...EMPTY, name: '王芳', identity_no: '519900202304050123' }
    assert.deepEqual(readPerson(form, '2023-04-04').findings, [
      { field: 'identity_no', code: 'identity_birth_ahead' },
    ])
    assert.deepEqual(readPerson(form, '2023-04-05').findings, [])
  })
})
