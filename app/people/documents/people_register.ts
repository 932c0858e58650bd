import type { I18n } from '@adonisjs/i18n'
import type { Register } from '#shared/spreadsheets/register_writer'
import type { CellInput } from '#shared/spreadsheets/cell_value'
import type { PeopleRow } from '../queries/people_list.js'

/** The people list as a register: exactly the rows of the list, identity numbers masked as there. */
export function peopleRegister(rows: AsyncIterable<PeopleRow>, asOf: string, i18n: I18n): Register {
  const column = (name: string, width: number, kind: 'text' | 'date' = 'text') => ({
    header: i18n.t(`people.fields.${name}`),
    width,
    kind,
  })
  return {
    title: i18n.t('people.register.title', { date: asOf }),
    sheets: [
      {
        name: i18n.t('people.register.sheet'),
        columns: [
          column('name', 12),
          column('sex', 6),
          column('identity', 22),
          column('birth_on', 12, 'date'),
          column('unit', 24),
          column('department', 18),
          column('post', 18),
          column('employment_type', 12),
          column('funding_type', 12),
          column('grade', 14),
          column('education', 12),
          column('political_status', 14),
          column('work_started_on', 12, 'date'),
          column('phone', 14),
        ],
        rows: cells(rows, i18n),
      },
    ],
  }
}

async function* cells(
  rows: AsyncIterable<PeopleRow>,
  i18n: I18n
): AsyncGenerator<readonly CellInput[]> {
  const code = (group: string, value: string | null | undefined) =>
    value ? i18n.t(`shared.${group}.${value}`) : null
  for await (const { person, assignment } of rows) {
    yield [
      person.name,
      code('sex', person.sex),
      person.identityMasked,
      person.birthOn,
      assignment?.unitName,
      assignment?.departmentName,
      assignment?.postName,
      code('employment', assignment?.employmentType),
      code('funding', assignment?.fundingType),
      code('grade', assignment?.grade),
      code('education', person.education),
      code('political', person.politicalStatus),
      person.workStartedOn,
      person.phoneMasked,
    ]
  }
}
