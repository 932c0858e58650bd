import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** One online backup: database, stored files and a manifest; the keys of .env are no part of it. */
export default class Backup extends BaseCommand {
  static commandName = 'backup'
  static description =
    'Back up database and stored files while the application runs, with a manifest'
  static help = [
    'Writes BACKUP_DIR/ronghe-<moment>/ (or below --to) with database, storage and manifest.json.',
    'Keys (.env) are left out by intent: escrow DATA_KEY apart from the backups (docs/operations.md).',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'Folder that takes the backup, in place of BACKUP_DIR' })
  declare to: string

  async run() {
    const { operatorMessage, OperationError } = await import('#shared/operations/operation_error')
    const { backupDir, fromRoot, storageDir } = await import('#shared/operations/places')
    const { createBackup } = await import('#shared/operations/backup')
    const { sealEvents } = await import('#audit/actions/seal')
    try {
      const root = this.to ? fromRoot(this.to) : backupDir()
      if (root === storageDir()) {
        throw new OperationError(
          'A backup cannot lie in STORAGE_DIR itself: give a folder of its own.'
        )
      }
      await sealEvents().catch((error) => this.leaveUnsealed(error))
      const { folder, manifest } = await createBackup(root)
      const rows = Object.values(manifest.tables).reduce((sum, count) => sum + count, 0)
      this.logger.success(`backup ${folder}`)
      this.logger.info(
        `${Object.keys(manifest.tables).length} tables, ${rows} rows, ${manifest.files.length} files, audit head ${manifest.audit.sequence} ${manifest.audit.hash}`
      )
    } catch (error) {
      this.logger.error(`no backup was made. ${operatorMessage(error)}`)
      this.exitCode = 1
    }
  }

  /** On SQLite another process may hold the only place to write: it seals within a minute itself. */
  private leaveUnsealed(error: any) {
    if (!String(error?.code).startsWith('SQLITE_BUSY')) throw error
    this.logger.info('the application is writing: the newest events are in the backup unsealed')
  }
}
