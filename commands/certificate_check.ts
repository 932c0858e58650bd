import { args, BaseCommand, flags } from '@adonisjs/core/ace'

/** Needs no database: whoever holds the file can check it. */
export default class CertificateCheck extends BaseCommand {
  static commandName = 'certificate:check'
  static description = 'Compute a certificate again from its JSON file and name every difference'

  @args.string({ description: 'The JSON file', required: false })
  declare path?: string

  @flags.string({ description: 'The JSON file' })
  declare file?: string

  @flags.boolean({ description: 'Say it in English' })
  declare english?: boolean

  async run() {
    const path = this.path ?? this.file
    if (!path) {
      this.logger.error('Name the file: node ace certificate:check FILE')
      this.exitCode = 1
      return
    }
    const { checkFile } = await import('#shared/certificates/check')
    const { describeDifference } = await import('#shared/certificates/difference')
    const differences = await checkFile(path)
    for (const difference of differences) {
      this.logger.error(describeDifference(difference, this.english ? 'en' : 'zh-CN'))
    }
    if (differences.length > 0) this.exitCode = 1
    else this.logger.success(this.english ? 'the certificate is whole' : '证书完整，各项相符')
  }
}
