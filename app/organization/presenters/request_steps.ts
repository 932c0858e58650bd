import type { I18n } from '@adonisjs/i18n'
import { civilTime } from '#shared/clock'
import type { RequestRow } from '../queries/quota_requests.js'

/** The approval line of a request: asked, reserved, approved by 编办, used. */
export function requestSteps(row: RequestRow, i18n: I18n) {
  const label = (name: string) => i18n.t(`organization.request_steps.${name}`)
  const { state } = row
  const approved = state === 'approved' || state === 'filled' || state === 'released'
  const refused = state === 'returned'
  const waiting = state === 'submitted'
  return [
    {
      label: label('submit'),
      state: state === 'draft' ? 'current' : 'done',
      name: row.createdByName,
      at: civilTime(row.createdAt),
    },
    {
      label: label('approve'),
      state: approved ? 'done' : refused ? 'refused' : waiting ? 'current' : 'todo',
      name: row.approvedByName,
    },
    {
      label: label('fill'),
      state: state === 'filled' ? 'done' : state === 'approved' ? 'current' : 'todo',
      name: i18n.t('organization.request_steps.used', { used: row.used, total: row.quantity }),
    },
  ]
}
