import type { I18n } from '@adonisjs/i18n'
import type { Register } from '#shared/spreadsheets/register_writer'
import { supportersOf } from '../queries/supporters.js'
import type { TaskRow } from '../queries/tasks.js'

/** 任务台账: one row a task, with its supporting units. */
export async function taskRegister(tasks: readonly TaskRow[], i18n: I18n): Promise<Register> {
  const label = (key: string) => i18n.t(`governance.${key}`)
  const supporters = await supportersOf(tasks.map(({ id }) => id))
  return {
    title: label('pages.tasks'),
    sheets: [
      {
        name: label('pages.tasks'),
        columns: [
          { header: label('fields.number'), width: 16 },
          { header: label('fields.title'), width: 60 },
          { header: label('fields.source'), width: 24 },
          { header: label('fields.lead_unit_id'), width: 24 },
          { header: label('fields.support'), width: 40 },
          { header: label('fields.rhythm'), width: 12 },
          { header: label('fields.due_on'), kind: 'date', width: 12 },
          { header: label('fields.light'), width: 12 },
          { header: i18n.t('shared.words.state'), width: 12 },
        ],
        rows: tasks.map((task) => [
          task.number,
          task.title,
          `${label(`sources.${task.sourceKind}`)} ${task.source}`.trim(),
          task.leadUnitName,
          (supporters.get(task.id) ?? []).join('、'),
          task.rhythm ? label(`rhythms.${task.rhythm}`) : '',
          task.dueOn,
          label(`lights.${task.light}`),
          label(`states.${task.state}`),
        ]),
      },
    ],
  }
}
