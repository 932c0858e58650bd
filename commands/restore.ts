import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Verifies a backup; with --force puts it into an empty database and checks the result. */
export default class Restore extends BaseCommand {
  static commandName = 'restore'
  static description = 'Verify a backup and, with --force, restore it into an empty database'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Folder of the backup (the one with manifest.json)' })
  declare folder: string

  @flags.boolean({ description: 'Really write; without it the backup is only verified' })
  declare force: boolean

  async run() {
    const { operatorMessage } = await import('#shared/operations/operation_error')
    try {
      await this.restore()
    } catch (error) {
      this.logger.error(operatorMessage(error))
      this.exitCode = 1
    }
  }

  private async restore() {
    const { resolve } = await import('node:path')
    const { refuseUnlessRestorable, restoreBackup, verifyBackup } =
      await import('#shared/operations/restore')
    const folder = resolve(this.folder)
    const manifest = await verifyBackup(folder)
    this.logger.success(`${manifest.files.length} files have the sums of the manifest`)
    await refuseUnlessRestorable(manifest)
    if (!this.force) {
      this.logger.info('nothing was written; start again with --force to restore')
      return
    }
    const facts = await restoreBackup(folder, manifest)
    this.logger.success(
      `${Object.keys(facts.tables).length} tables have the counts of the manifest, the audit head is the same`
    )
    await this.verify(manifest.audit)
  }

  private async verify(anchor: { sequence: number; hash: string }) {
    const { verifyChain } = await import('#audit/queries/verify_chain')
    const { anchoredHeads } = await import('#audit/queries/anchored_heads')
    const { findingLines, runChecks } = await import('#shared/operations/run_checks')
    const broken = await verifyChain([...(await anchoredHeads()), anchor])
    for (const { problem, sequence } of broken) {
      this.logger.error(`audit.${problem}: sequence ${sequence ?? '-'}`)
    }
    const checks = await runChecks()
    for (const line of checks.flatMap(findingLines)) this.logger.error(line)
    if (broken.length > 0 || checks.some(({ findings }) => findings.length > 0)) {
      this.exitCode = 1
      return
    }
    this.logger.success('restored; the audit chain holds and every check passed')
    this.logger.info('now run `node ace migration:run --force` if this version is newer')
  }
}
