import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { formatFen } from '#shared/money'
import { freezePort } from '#shared/ports/freeze'
import { moveState } from '#shared/transitions'
import { FIGURE_OF, MOVEMENT_MOVES, type MovementKind } from '../domain/movements.js'
import { lineById } from '../queries/funds.js'
import { movementById, type MovementRow } from '../queries/movements.js'
import { assertOpen } from './create_fund.js'

export interface MoveInput {
  movementId: number
  version: number
  comment?: string
  grant?: ActiveGrant | null
}

/**
 * Posts a movement: the line's figure moves by one guarded UPDATE, so that two at once can never
 * take more than there is; never by who prepared it.
 */
export async function postMovement(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const movement = await movementById(input.movementId, client)
    refuseAuthor(movement, actor, input.grant)
    const fund = await assertOpen(client, movement.fundId)
    await askFreeze(client, movement, fund.documentId, actor)
    await moveFigure(client, movement)
    const commitmentId = await moveContract(client, movement)
    await moveState(client, 'fund_movements', versioned(input), MOVEMENT_MOVES, 'post', {
      decided_by: actor.userId,
      commitment_id: commitmentId,
      posted_at: clock.now(),
    })
    await write(client, actor, 'posted', input, movement)
  }, trx)
}

/** Sends a movement back to who prepared it, with the reason. */
export async function returnMovement(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const movement = await movementById(input.movementId, client)
    refuseAuthor(movement, actor, input.grant)
    await moveState(client, 'fund_movements', versioned(input), MOVEMENT_MOVES, 'return', {
      decided_by: actor.userId,
      comment: input.comment ?? null,
    })
    await write(client, actor, 'returned', input, movement)
  }, trx)
}

/** Who prepared it takes it back before it is posted. */
export async function withdrawMovement(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const movement = await movementById(input.movementId, client)
    if (movement.preparedBy !== actor.userId) throw new DomainError('funds.errors.other_author')
    await moveState(client, 'fund_movements', versioned(input), MOVEMENT_MOVES, 'withdraw')
    await write(client, actor, 'withdrawn', input, movement)
  }, trx)
}

/** Bounds of a figure: the one that gives and the one that uses it. */
const BOUNDS: Record<MovementKind, { above: string | null; below: string | null }> = {
  budget: { above: null, below: 'released_fen' },
  release: { above: 'budget_fen', below: 'committed_fen' },
  commitment: { above: 'released_fen', below: 'paid_fen' },
  payment: { above: 'committed_fen', below: null },
}

async function moveFigure(trx: Trx, movement: MovementRow) {
  const column = FIGURE_OF[movement.kind]
  const { above, below } = BOUNDS[movement.kind]
  const amount = movement.amountFen
  const query = trx.from('fund_lines').where('id', movement.lineId)
  if (above) query.whereRaw(`${column} + ? <= ${above}`, [amount])
  query.whereRaw(`${column} + ? >= ${below ?? '0'}`, [amount])
  const changed = await query.update({ [column]: trx.raw(`${column} + ?`, [amount]) })
  if (!affected(changed)) await refuseAmount(trx, movement)
}

async function refuseAmount(trx: Trx, movement: MovementRow): Promise<never> {
  const line = await lineById(movement.lineId, trx)
  throw new DomainError(
    `funds.errors.${movement.amountFen > 0 ? 'no_room' : 'nothing_to_take_back'}`,
    {
      line: line.name,
      wanted: formatFen(Math.abs(movement.amountFen)),
      budget: formatFen(line.budget),
      released: formatFen(line.released),
      committed: formatFen(line.committed),
      paid: formatFen(line.paid),
    }
  )
}

/** Opens the contract of a commitment, or moves what it is worth or what is paid of it. */
async function moveContract(trx: Trx, movement: MovementRow): Promise<number | null> {
  if (movement.kind === 'budget' || movement.kind === 'release') return null
  if (movement.commitmentId === null) return openContract(trx, movement)
  const column = movement.kind === 'payment' ? 'paid_fen' : 'amount_fen'
  const amount = movement.amountFen
  const query = trx.from('fund_commitments').where('id', movement.commitmentId)
  if (column === 'paid_fen') query.whereRaw('paid_fen + ? between 0 and amount_fen', [amount])
  else query.whereRaw('amount_fen + ? >= paid_fen', [amount])
  const changed = await query.update({ [column]: trx.raw(`${column} + ?`, [amount]) })
  if (!affected(changed)) {
    throw new DomainError('funds.errors.contract_exceeded', {
      contract: movement.commitmentNo,
      wanted: formatFen(amount),
    })
  }
  return movement.commitmentId
}

async function openContract(trx: Trx, movement: MovementRow): Promise<number> {
  const id = await insertRow(trx, 'fund_commitments', {
    number: `new-${crypto.randomUUID()}`,
    line_id: movement.lineId,
    project_id: movement.projectId,
    payee: movement.payee,
    purpose: movement.purpose,
    amount_fen: movement.amountFen,
    paid_fen: 0,
    version: 1,
    created_at: clock.now(),
  })
  const number = `HT${movement.happensOn.slice(0, 4)}-${String(id).padStart(4, '0')}`
  await trx.from('fund_commitments').where('id', id).update({ number })
  return id
}

/** Reform discipline asks what is spent under which document; the fund's own names the programme. */
async function askFreeze(trx: Trx, movement: MovementRow, documentId: number, actor: Actor) {
  const spends = movement.kind === 'commitment' || movement.kind === 'payment'
  if (!spends || movement.amountFen < 0) return
  await freezePort.pass(
    {
      act: `funds.${movement.kind}`,
      unitIds: [movement.unitId],
      date: movement.happensOn,
      reformDocumentId: documentId,
      actor,
      amountFen: movement.amountFen,
      subject: { type: 'fund_movement', id: movement.id },
    },
    trx
  )
}

const versioned = ({ movementId, version }: MoveInput) => ({ id: movementId, version })

function refuseAuthor(movement: MovementRow, actor: Actor, grant?: ActiveGrant | null) {
  if (actor.actsAs(movement.preparedBy, grant)) {
    throw new DomainError('funds.errors.same_person')
  }
}

function write(trx: Trx, actor: Actor, done: string, input: MoveInput, movement: MovementRow) {
  return record(trx, actor, {
    action: `funds.movement.${done}`,
    subjectType: 'fund_movement',
    subjectId: movement.id,
    changes: { amount_fen: movement.amountFen, comment: input.comment ?? null },
    grant: input.grant,
  })
}
