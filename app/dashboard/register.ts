import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { sendReminders } from './jobs/send_reminders.js'

const DAY = 86_400

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerDashboard() {
  registerJob('dashboard.reminders', () => sendReminders())
  scheduleJob('dashboard.reminders', DAY)
}
