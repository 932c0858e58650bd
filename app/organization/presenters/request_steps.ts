import type { I18n } from '@adonisjs/i18n'
import { civilTime } from '#shared/clock'
import type { RequestRow } from '../queries/quota_requests.js'

/** States in which the reservation is at its end, used or not. */
const OVER = ['filled', 'released', 'expired', 'withdrawn']

/** The line of a request: asked and reserved, approved by 编办, used. */
export function requestSteps(row: RequestRow, approvedAt: string | null, i18n: I18n) {
  const text = (name: string, params = {}) => i18n.t(`organization.request_steps.${name}`, params)
  const { state } = row
  const approved = row.approvedByName !== null && !['submitted', 'returned'].includes(state)
  const asked = state === 'draft' ? 'current' : 'done'
  return [
    {
      label: text('submit'),
      state: asked,
      word: text(`asked.${asked}`),
      name: row.createdByName,
      at: civilTime(row.createdAt),
    },
    {
      label: text('approve'),
      state: approvalOf(state, approved),
      name: row.approvedByName,
      at: approved ? approvedAt : null,
    },
    {
      label: text('fill'),
      ...useOf(state, text),
      name: text('used', { used: row.used, total: row.quantity }),
    },
  ]
}

function approvalOf(state: string, approved: boolean): string {
  if (approved) return 'done'
  if (state === 'returned') return 'refused'
  return state === 'submitted' ? 'current' : 'todo'
}

function useOf(state: string, text: (name: string) => string) {
  if (OVER.includes(state)) {
    return { state: state === 'filled' ? 'done' : 'refused', word: text(`ends.${state}`) }
  }
  return state === 'approved' ? { state: 'current', word: text('to_use') } : { state: 'todo' }
}
