import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import env from '#start/env'

/** What `npm start` runs before the server: safe to run at every start, on one machine at a time. */
export default class AppPrepare extends BaseCommand {
  static commandName = 'app:prepare'
  static description =
    'Migrate, seed the calendar and, on the first start with DEMO=true, the demo city'
  static options: CommandOptions = { startApp: true }

  async run() {
    for (const folder of [
      env.get('STORAGE_DIR', 'storage'),
      dirname(env.get('DB_FILE', 'storage/x')),
    ]) {
      mkdirSync(resolve(this.app.makePath(), folder), { recursive: true })
    }
    await this.migrate()
    const { seedCalendar } = await import('#calendar/actions/seed_calendar')
    await seedCalendar()
    await this.demo()
  }

  private async migrate() {
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { MigrationRunner } = await import('@adonisjs/lucid/migration')
    const runner = new MigrationRunner(db, this.app, {
      direction: 'up',
      disableLocks: db.connection().dialect.name !== 'mysql',
    })
    await runner.run()
    if (runner.error) throw runner.error
    const count = Object.values(runner.migratedFiles).filter((file) => file.status === 'completed')
    if (count.length) this.logger.info(`migrated ${count.length} files`)
  }

  /** Loaded once, on an empty database; a load that was broken off is begun again from nothing. */
  private async demo() {
    if (!env.get('DEMO', false)) return
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { DEMO_STATE, buildDemoCity } = await import('#database/demo/city')
    const state = await db.from('settings').where('name', DEMO_STATE).first()
    if (state?.value === '"building"') {
      this.logger.info(
        'the demo city was broken off and is built again (演示数据上次未载完,重新载入)'
      )
      await db.connection().dropAllTables()
      await this.migrate()
    }
    const [{ total }] = await db.from('users').count('* as total')
    if (Number(total) === 0) {
      this.logger.info('loading the demo city (正在载入演示数据)')
      const { seedCalendar } = await import('#calendar/actions/seed_calendar')
      await seedCalendar()
      await buildDemoCity()
    }
    await this.announce()
  }

  private async announce() {
    const { demoAccounts } = await import('#accounts/queries/demo_accounts')
    const accounts = await demoAccounts()
    if (accounts.length === 0) return
    this.logger.info(
      `open ${env.get('APP_URL')} — demo accounts, password ${accounts[0].password}:`
    )
    for (const { username, name, roles } of accounts) {
      this.logger.info(`  ${username.padEnd(16)} ${roles.join(', ')} (${name})`)
    }
  }
}
