import type { I18n } from '@adonisjs/i18n'
import { clock } from '#shared/clock'
import dayjs from 'dayjs'

interface JobRow {
  id: number
  state: string
  progress_done: number
  progress_total: number
  progress_note: string | null
  started_at: string | null
  error: string | null
}

/** A job as its bar shows it: whole per cent, counts, seconds left (null: not known yet), failure. */
export function progressOf(job: JobRow, i18n: I18n) {
  const done = Number(job.progress_done)
  const total = Number(job.progress_total)
  const percent = total > 0 ? Math.min(100, Math.floor((done * 100) / total)) : 0
  return {
    done,
    total,
    running: job.state === 'queued' || job.state === 'running',
    failed: job.state === 'failed',
    percent: job.state === 'done' ? 100 : percent,
    secondsLeft: secondsLeft(job, done, total),
    failure: job.state === 'failed' ? failureText(job.error, i18n) : null,
  }
}

function secondsLeft(job: JobRow, done: number, total: number): number | null {
  if (job.state !== 'running' || !job.started_at || done <= 0 || total <= done) return null
  const spent = (clock.epoch() - dayjs.utc(job.started_at).valueOf()) / 1000
  return Math.max(1, Math.round((spent / done) * (total - done)))
}

function failureText(error: string | null, i18n: I18n): string {
  const { key, params } = JSON.parse(error ?? '{}')
  return i18n.t(key ?? 'shared.errors.job_failed', params ?? { reason: '' })
}
