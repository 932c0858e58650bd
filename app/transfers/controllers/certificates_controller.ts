import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { civilDate } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { certificatePaper } from '#shared/documents/certificate_paper'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { NotFoundError } from '#shared/errors'
import { certificateRegister } from '../documents/certificate_register.js'
import { openBatch } from '../policies/access.js'
import { certificateOf } from '../queries/certificate.js'
import { unitsByIds } from '#organization/queries/units'

/** The certificate of conservation as PDF, Excel and the JSON that can be checked. */
export default class CertificatesController {
  async show(ctx: HttpContext) {
    const { actor, params } = ctx
    const { batch, units } = await openBatch(actor!, Number(params.id))
    actor!.authorize('certificates.view')
    const found = await certificateOf(batch)
    if (!found) throw new NotFoundError('certificate')
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'transfers.certificate.exported',
        subjectType: 'transfer_batch',
        subjectId: batch.id,
        changes: { format: params.format, hash: found.certificate.hash },
      })
    )
    const name = `编制人员守恒证书-${batch.number}`
    switch (params.format) {
      case 'json':
        return sendFile(ctx, `${name}.json`, 'application/json; charset=utf-8', found.json)
      case 'xlsx':
        return sendRegister(ctx, `${name}.xlsx`, certificateRegister(found.certificate))
      default: {
        const targets = await unitsByIds(units.to)
        const issuer = [...targets.values()].map((unit) => unit.name).join('、')
        const date = civilDate(found.sealedAt)
        const paper = certificatePaper(found.certificate, { issuer, date })
        return sendFile(ctx, `${name}.pdf`, 'application/pdf', await renderPdf(paper))
      }
    }
  }
}
