import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { MOVEMENT_MOVES, type MovementKind } from '../domain/movements.js'
import { mayCommit } from '../domain/projects.js'
import { lineById } from '../queries/funds.js'
import { movementById } from '../queries/movements.js'
import { projectById } from '../queries/projects.js'
import { assertOpen } from './create_fund.js'

const refuse: Refuse = refusing('funds')

export interface MovementInput {
  lineId: number
  kind: MovementKind
  /** Negative takes back. */
  amountFen: number
  commitmentId: number | null
  projectId: number | null
  payee: string | null
  purpose: string
  documentId: number
  happensOn: string
}

/** Writes a step of money and hands it to the head of finance; returns its id. */
export async function prepareMovement(
  input: MovementInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const columns = await columnsOf(client, input)
    const id = await insertRow(client, 'fund_movements', {
      ...columns,
      number: `new-${crypto.randomUUID()}`,
      state: 'submitted',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `ZJ${clock.today().slice(0, 4)}-${String(id).padStart(4, '0')}`
    await client.from('fund_movements').where('id', id).update({ number })
    await write(client, actor, 'prepared', id, { number, amount_fen: input.amountFen })
    return id
  }, trx)
}

/** Changes a movement that came back and hands it in again; only who prepared it. */
export async function mendMovement(
  input: MovementInput & { movementId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await movementById(input.movementId, client)
    if (before.preparedBy !== actor.userId) throw new DomainError('funds.errors.other_author')
    await moveState(
      client,
      'fund_movements',
      { id: before.id, version: input.version },
      MOVEMENT_MOVES,
      'resubmit',
      { ...(await columnsOf(client, input)), decided_by: null }
    )
    await write(client, actor, 'resubmitted', before.id, {
      amount_fen: [before.amountFen, input.amountFen],
      purpose: [before.purpose, input.purpose],
    })
  }, trx)
}

async function columnsOf(trx: Trx, input: MovementInput): Promise<Row> {
  const line = await lineById(input.lineId, trx)
  await assertOpen(trx, line.fundId)
  if (input.amountFen === 0) refuse('amount', 'amount_zero')
  const contract = await contractOf(trx, input)
  const projectId = contract ? contract.project_id : input.projectId
  if (input.kind === 'commitment' && projectId) await checkProject(trx, Number(projectId))
  return {
    line_id: line.id,
    kind: input.kind,
    amount_fen: input.amountFen,
    commitment_id: contract?.id ?? null,
    project_id: projectId ?? null,
    payee: contract?.payee ?? input.payee,
    purpose: input.purpose,
    document_id: input.documentId,
    happens_on: input.happensOn,
  }
}

/** Payments and changes of a contract name it; a new contract names whom it pays. */
async function contractOf(trx: Trx, input: MovementInput): Promise<Row | null> {
  const { kind, commitmentId, amountFen } = input
  if (kind === 'budget' || kind === 'release') return null
  if (commitmentId === null) {
    if (kind === 'payment' || amountFen < 0) refuse('commitment_id', 'contract_needed')
    if (!input.payee) refuse('payee', 'payee_needed')
    return null
  }
  const contract = await trx
    .from('fund_commitments')
    .where({ id: commitmentId, line_id: input.lineId })
    .first()
  if (!contract) refuse('commitment_id', 'contract_elsewhere')
  return contract
}

async function checkProject(trx: Trx, projectId: number) {
  const project = await projectById(projectId, trx)
  if (!mayCommit(project.steps)) {
    refuse('project_id', 'project_not_approved', { project: project.name })
  }
}

function write(trx: Trx, actor: Actor, done: string, id: number, changes: Row) {
  return record(trx, actor, {
    action: `funds.movement.${done}`,
    subjectType: 'fund_movement',
    subjectId: id,
    changes,
  })
}
