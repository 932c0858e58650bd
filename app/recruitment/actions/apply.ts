import { digest, seal, sha256 } from '#shared/crypto'
import { canonicalJson } from '#shared/canonical'
import { identityColumns, phoneColumns } from '#people/actions/person_columns'
import { parseIdentityNo } from '#people/domain/identity_no'
import { parsePhone } from '#people/domain/phone'
import { dropFile, storeFile } from '#imports/files'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { MoveError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { readFile } from 'node:fs/promises'
import { attachmentType, LARGEST_ATTACHMENT } from '../domain/attachments.js'
import { APPLICATION_MOVES } from '../domain/states.js'
import { applicationById } from '../queries/applications.js'
import { recruitmentById } from '../queries/recruitments.js'
import { recruitmentPostById } from '../queries/recruitment_posts.js'
import { sharePlan, sharePlanOf } from './hold_plan.js'
import { logApplication, refuse, refuseField } from './log.js'

export interface Upload {
  path: string
  name: string
}

export interface ApplicationInput {
  recruitmentId: number
  recruitmentPostId: number
  name: string
  identityNo: string
  phone: string
  email: string | null
  education: string
  major: string | null
  politicalStatus: string | null
  school: string
  experience: string
  relatives: string
  files: readonly Upload[]
  /** Somebody on record who applies by the growth path, with the time that counts. */
  person?: { id: number; serviceMonths: number; history: string[] } | null
  /** Of the form: sent twice it is one application with one receipt. */
  key: string
}

export interface Receipt {
  applicationId: number
  number: string
  /** Opens the receipt; only its digest is kept. */
  secret: string
}

/** Who applies without an account. */
export const applicant = () => new Actor(null, null, '报名人员', 'zh-CN', [])

/**
 * Takes an application in, between the first and the last day to apply. One application a person
 * and plan: `recruitment.errors.applied_already`. Files are judged by their content and lie
 * encrypted; what the person wrote is sealed.
 */
export async function apply(input: ApplicationInput, actor: Actor = applicant()): Promise<Receipt> {
  const identity = parseIdentityNo(input.identityNo)
  if (!identity.ok) refuseField('identity_no', 'identity')
  const phone = parsePhone(input.phone)
  if (!phone.ok) refuseField('phone', 'phone')
  const secret = digest(`${input.recruitmentId}/${identity.normalised}/${input.key}`, 'receipt')
  const stored = await storeFiles(input.files)
  let kept = false
  try {
    const receipt = await inTransaction(async (trx) => {
      await sharePlan(trx, input.recruitmentId)
      await assertOpen(trx, input)
      const id = await insert(trx, input, identity, phone.phone, secret, stored)
      const number = `BM${clock.today().slice(0, 4)}${String(id).padStart(6, '0')}`
      await trx.from('recruitment_applications').where('id', id).update({ number })
      for (const file of stored) await insertFile(trx, id, file, actor)
      await logApplication(trx, actor, 'submitted', id, { number, files: stored.length })
      return { applicationId: id, number, secret }
    })
    kept = true
    return receipt
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return await sameReceipt(secret)
  } finally {
    if (!kept) for (const { storageKey } of stored) await dropFile(storageKey)
  }
}

/** The applicant takes it back before the tests; another one may follow while the plan is open. */
export async function withdrawApplication(
  input: { applicationId: number; version: number },
  actor: Actor = applicant(),
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await sharePlanOf(client, input.applicationId)
    const { id, recruitmentState } = await applicationById(input.applicationId, client)
    if (!['open', 'review'].includes(recruitmentState))
      throw new MoveError({ id, verb: 'withdraw' })
    await moveState(
      client,
      'recruitment_applications',
      { id, version: input.version },
      APPLICATION_MOVES,
      'withdraw'
    )
    await logApplication(client, actor, 'withdrawn', id)
  }, trx)
}

async function assertOpen(trx: Trx, input: ApplicationInput) {
  const plan = await recruitmentById(input.recruitmentId, trx)
  const today = clock.today()
  if (plan.state !== 'open' || today < plan.applyFrom || today > plan.applyTo) {
    refuse('not_open', { from: plan.applyFrom, to: plan.applyTo })
  }
  if ((plan.kind === 'growth') !== Boolean(input.person)) refuse('staff_only')
  const post = await recruitmentPostById(input.recruitmentPostId, trx)
  if (post.recruitmentId !== plan.id) refuseField('post_id', 'post_elsewhere', { post: post.name })
  const months = input.person?.serviceMonths ?? 0
  if (months < plan.minYears * 12) {
    refuseField('post_id', 'years_short', {
      wanted: plan.minYears,
      years: Math.floor(months / 12),
      months: months % 12,
    })
  }
}

type Identity = Extract<ReturnType<typeof parseIdentityNo>, { ok: true }>

async function insert(
  trx: Trx,
  input: ApplicationInput,
  identity: Identity,
  phone: string,
  secret: string,
  files: readonly StoredAttachment[]
): Promise<number> {
  const particulars = {
    school: input.school,
    experience: input.experience,
    relatives: input.relatives,
    history: input.person?.history ?? [],
  }
  const content = {
    ...particulars,
    recruitment: input.recruitmentId,
    post: input.recruitmentPostId,
    name: input.name,
    identity: identity.normalised,
    phone,
    email: input.email,
    education: input.education,
    major: input.major,
    files: files.map((file) => file.sha256),
  }
  return insertRow(trx, 'recruitment_applications', {
    number: `new-${secret.slice(0, 32)}`,
    recruitment_id: input.recruitmentId,
    recruitment_post_id: input.recruitmentPostId,
    state: 'submitted',
    name: input.name,
    sex: identity.sex,
    birth_on: identity.birth,
    ...identityColumns(identity.normalised),
    ...phoneColumns(phone),
    email_sealed: input.email ? seal(input.email, 'email') : null,
    particulars_sealed: seal(JSON.stringify(particulars), 'application'),
    education: input.education,
    major: input.major,
    political_status: input.politicalStatus,
    service_months: input.person?.serviceMonths ?? 0,
    person_id: input.person?.id ?? null,
    content_hash: sha256(canonicalJson(content)),
    receipt_digest: sha256(secret),
    submitted_at: clock.now(),
    version: 1,
    created_at: clock.now(),
  })
}

async function sameReceipt(secret: string): Promise<Receipt> {
  return inTransaction(async (trx) => {
    const row = await trx
      .from('recruitment_applications')
      .where('receipt_digest', sha256(secret))
      .first()
    if (!row) refuseField('identity_no', 'applied_already')
    return { applicationId: Number(row.id), number: row.number, secret }
  })
}

interface StoredAttachment {
  name: string
  mime: string
  storageKey: string
  size: number
  sha256: string
}

async function storeFiles(uploads: readonly Upload[]): Promise<StoredAttachment[]> {
  const judged = []
  for (const { path, name } of uploads) {
    const bytes = await readFile(path)
    if (bytes.length > LARGEST_ATTACHMENT) refuseField('files', 'file_too_large', { file: name })
    const type = attachmentType(bytes)
    if (!type) refuseField('files', 'file_kind', { file: name })
    judged.push({ path, name: fileName(name, type.extension), mime: type.mime })
  }
  const stored: StoredAttachment[] = []
  for (const { path, name, mime } of judged) stored.push({ name, mime, ...(await storeFile(path)) })
  return stored
}

/** The name that was given, with the ending that its content has. */
function fileName(name: string, extension: string): string {
  const bare = name.replace(/\.[^.]*$/, '').replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
  return `${bare.slice(0, 80) || 'file'}.${extension}`
}

function insertFile(trx: Trx, applicationId: number, file: StoredAttachment, actor: Actor) {
  return insertRow(trx, 'files', {
    storage_key: file.storageKey,
    name: file.name,
    mime: file.mime,
    size: file.size,
    sha256: file.sha256,
    subject_type: 'recruitment_application',
    subject_id: applicationId,
    uploaded_by: actor.userId,
    created_at: clock.now(),
  })
}
