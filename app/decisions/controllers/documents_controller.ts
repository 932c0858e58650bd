import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { once } from '#shared/once'
import { editDocument, recordDocument } from '../actions/record_document.js'
import { documentById, documentIdFrom, documentPage, findDocuments } from '../queries/documents.js'
import { documentEditValidator, documentValidator } from '../validators.js'

export default class DocumentsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('decisions.view')
    const text = request.input('q') ?? null
    const page = await documentPage({ text, cursor: request.input('cursor') ?? null })
    return view.render('pages/decisions/documents/index', { page, text })
  }

  /** Picker of forms: `[{ value, text, detail }]`. */
  async pick({ actor, request, response }: HttpContext) {
    actor!.authorize('decisions.view')
    const rows = await findDocuments(request.input('q') ?? null, 20)
    return response.json(
      rows.map((row) => ({
        value: row.id,
        text: row.documentNo,
        detail: row.title === row.documentNo ? (row.issuer ?? '') : row.title,
      }))
    )
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('documents.edit')
    return view.render('pages/decisions/documents/create')
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('documents.edit')
    const form = await request.validateUsing(documentValidator)
    await once(request.input('_key'), 'decisions.document', actor!.userId, async (trx) => {
      await refuseKnown(trx, form.document_no)
      return recordDocument(trx, actor!, {
        documentNo: form.document_no,
        title: form.title,
        issuer: form.issuer,
        issuedOn: form.issued_on,
      })
    })
    session.flash('success', i18n.t('decisions.done.document_recorded'))
    return response.redirect().toRoute('decisions.documents.index')
  }

  async edit({ actor, params, view }: HttpContext) {
    actor!.authorize('documents.edit')
    const document = await documentById(Number(params.id))
    const history = await historyOf('document', document.id)
    return view.render('pages/decisions/documents/edit', { document, history })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('documents.edit')
    const form = await request.validateUsing(documentEditValidator)
    await inTransaction((trx) =>
      editDocument(trx, actor!, Number(params.id), {
        title: form.title,
        issuer: form.issuer ?? null,
        issuedOn: form.issued_on ?? null,
        version: form.version,
      })
    )
    session.flash('success', i18n.t('decisions.done.document_edited'))
    return response.redirect().toRoute('decisions.documents.index')
  }
}

/** By hand a number is entered once; finding it again is what the picker is for. */
async function refuseKnown(trx: Trx, documentNo: string) {
  const wanted = /^\d+$/.test(documentNo) ? null : documentNo
  const known = await documentIdFrom(wanted, 'document_no', trx).catch(() => null)
  if (known !== null) {
    throw new DomainError('decisions.errors.document_known', { document: documentNo }, [
      {
        field: 'document_no',
        code: 'decisions.errors.document_known',
        params: { document: documentNo },
      },
    ])
  }
}
