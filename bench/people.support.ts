export const UNITS = 20

/**
 * So many people in 20 units, a department for every hundred, each with a closed assignment and the
 * open one after it. The database is empty before.
 */
export async function fillPeople(people: number) {
  const departments = Math.ceil(people / 100)
  const piece = Math.min(people, 20_000)
  const { bulkInsert, inTransaction } = await import('../app/shared/database.js')
  const { namePinyin } = await import('../app/people/domain/name_pinyin.js')
  const random = generator(20260601)
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]
  const syllables = [...'伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂']
  const pinyin = new Map(syllables.map((char) => [char, namePinyin(char)]))
  const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'].map((char) => ({
    char,
    ...namePinyin(char),
  }))
  const stamps = { version: 1, created_at: '2026-01-01 00:00:00.000' }

  await inTransaction(async (trx) => {
    const range = (length: number) => Array.from({ length }, (_, index) => index + 1)
    await bulkInsert(
      trx,
      'units',
      range(UNITS).map((id) => ({
        id,
        code: `U${id}`,
        name: `单位${id}`,
        name_pinyin: 'danwei',
        name_initials: 'dw',
        kind: 'reform',
        ...stamps,
      }))
    )
    await bulkInsert(
      trx,
      'departments',
      range(departments).map((id) => ({
        id,
        unit_id: ((id - 1) % UNITS) + 1,
        name: `部门${id}`,
        valid_from: '2000-01-01',
        ...stamps,
      }))
    )
    for (let start = 0; start < people; start += piece) {
      const ids = range(Math.min(piece, people - start)).map((index) => start + index)
      await bulkInsert(
        trx,
        'persons',
        ids.map((id) => person(id))
      )
      await bulkInsert(
        trx,
        'assignments',
        ids.flatMap((id) => lives(id))
      )
    }
  })

  function person(id: number) {
    const [surname, one, two] = [pick(surnames), pick(syllables), pick(syllables)]
    return {
      id,
      name: surname.char + one + two,
      name_pinyin: surname.full + pinyin.get(one)!.full + pinyin.get(two)!.full,
      name_initials: surname.initials + pinyin.get(one)!.initials + pinyin.get(two)!.initials,
      sex: random(2) ? 'male' : 'female',
      birth_on: `19${60 + random(39)}-0${1 + random(9)}-01`,
      work_started_on: random(50) ? `20${10 + random(15)}-0${1 + random(9)}-01` : null,
      ...stamps,
    }
  }

  /** A closed assignment and the open one after it. */
  function lives(id: number) {
    const department = 1 + random(departments)
    const employment = pick(['establishment', 'contract', 'enterprise'])
    const inPost = employment === 'establishment'
    const row = {
      person_id: id,
      kind: 'main',
      unit_id: ((department - 1) % UNITS) + 1,
      department_id: department,
      employment_type: employment,
      funding_type: inPost ? pick(['full', 'partial', 'self']) : null,
      quota_category: inPost ? 'professional' : null,
      grade: inPost ? `professional_${1 + random(13)}` : null,
      source: 'roster',
      recorded_at: '2026-01-01 00:00:00.000',
    }
    return [
      { ...row, valid_from: '2020-01-01', valid_to: '2024-01-01' },
      { ...row, valid_from: '2024-01-01', valid_to: null },
    ]
  }
}

/** Numbers that look random and are the same in every run (mulberry32). */
function generator(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
