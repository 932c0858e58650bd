import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { AuditAnchor } from '#shared/operations/manifest'

/** Recomputes the whole chain and compares it with the heads that certificates and backups carry. */
export default class AuditVerify extends BaseCommand {
  static commandName = 'audit:verify'
  static description =
    'Verify the audit chain against its head, the certificates and backup manifests'
  static help = [
    'A tail cut off together with the head row is found by a head kept elsewhere: --manifest FILE',
    'takes one from a backup (may be given several times).',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.array({ description: 'manifest.json of a backup (or its folder)' })
  declare manifest: string[]

  async run() {
    const { operatorMessage } = await import('#shared/operations/operation_error')
    try {
      await this.verify()
    } catch (error) {
      this.logger.error(operatorMessage(error))
      this.exitCode = 1
    }
  }

  private async verify() {
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { verifyChain } = await import('#audit/queries/verify_chain')
    const { anchoredHeads } = await import('#audit/queries/anchored_heads')
    const fromCertificates = await anchoredHeads()
    const fromManifests = await this.manifestHeads()
    const findings = await verifyChain([...fromCertificates, ...fromManifests])
    const head = await db.from('audit_heads').where('id', 1).first()
    const [{ waiting }] = await db.from('audit_events').whereNull('sequence').count('* as waiting')
    this.logger.info(
      `head ${head?.sequence ?? '-'} ${head?.hash ?? ''}, ${waiting} events not sealed yet`
    )
    this.logger.info(
      `compared with ${fromCertificates.length} certificates and ${fromManifests.length} manifests`
    )
    for (const { problem, sequence, id } of findings) {
      this.logger.error(`${problem}: sequence ${sequence ?? '-'}, row ${id ?? '-'}`)
    }
    if (findings.length > 0) this.exitCode = 1
    else this.logger.success('the audit chain holds')
  }

  private async manifestHeads(): Promise<AuditAnchor[]> {
    const { readManifest } = await import('#shared/operations/manifest')
    const { resolve } = await import('node:path')
    const heads: AuditAnchor[] = []
    for (const path of this.manifest ?? []) {
      const { audit } = await readManifest(resolve(path))
      heads.push(audit)
    }
    return heads
  }
}
