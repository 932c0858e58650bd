import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { executeEvent } from '#people/actions/execute_event'
import { approveEvent, submitEvent, withdrawEvent } from '#people/actions/move_event'
import { createEvent, type EventInput } from '#people/actions/save_event'
import { eventById } from '#people/queries/events'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'

const TODAY = '2026-06-01'

const officer = () => givenActor({ role: 'hr_officer' })
const head = () => givenActor({ role: 'hr_head' })

async function drafted(values: Pick<EventInput, 'kind' | 'personId'> & Partial<EventInput>) {
  const rest = { unitId: null, effectiveOn: '2026-07-01', untilOn: null, reason: null, details: {} }
  return createEvent({ ...rest, documentNo: '人发〔2026〕1号', ...values }, await officer())
}

const hireOf = (personId: number, unitId: number, effectiveOn = '2026-07-01') =>
  drafted({
    kind: 'hire',
    personId,
    unitId,
    effectiveOn,
    details: { employmentType: 'contract' },
  })

const submit = async (eventId: number) => submitEvent({ eventId, version: 1 }, await officer())
const approve = async (eventId: number) => approveEvent({ eventId, version: 2 }, await head())

async function submitted(draft: Promise<number>) {
  const eventId = await draft
  await submit(eventId)
  return eventId
}

async function approved(draft: Promise<number>) {
  const eventId = await submitted(draft)
  await approve(eventId)
  return eventId
}

/** Reasons of a refusal with the events that it names; empty: it went through. */
async function refusedFor(work: Promise<unknown>): Promise<string[]> {
  const error: any = await work.then(() => null).catch((caught) => caught)
  if (!error) return []
  if (!error.fields?.length) throw error
  return error.fields.map(({ code, params }: any) => `${code.split('.').at(-1)} ${params?.events}`)
}

const numberOf = async (eventId: number) => (await eventById(eventId))!.number

test.group('Two events that would do the same to one person', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('hired twice: the second is refused by name until the first is withdrawn', async ({
    assert,
  }) => {
    const [here, there] = [await givenUnit(), await givenUnit()]
    const personId = await givenPerson()
    const draft = await hireOf(personId, there)
    const waiting = await submitted(hireOf(personId, there, '2026-06-10'))
    const first = await approved(hireOf(personId, here))
    const reason = [`hired_already ${await numberOf(first)}`]
    assert.deepEqual(await refusedFor(hireOf(personId, there, '2026-08-01')), reason)
    assert.deepEqual(await refusedFor(submit(draft)), reason)
    assert.deepEqual(await refusedFor(approve(waiting)), reason)
    assert.deepEqual(await refusedFor(hireOf(await givenPerson(), there)), [])

    await withdrawEvent({ eventId: first, version: 3 }, await officer())
    assert.deepEqual(await refusedFor(approve(waiting)), [])
    clock.freeze('2026-06-10')
    await executeEvent({ eventId: waiting }, await head())
    assert.lengthOf(await rowsOf('assignments', { person_id: personId, unit_id: there }), 1)
  })

  test('of two approvals at once one is told of the other', async ({ assert }) => {
    const personId = await givenPerson()
    const unitId = await givenUnit()
    const events = [
      await submitted(hireOf(personId, unitId)),
      await submitted(hireOf(personId, unitId)),
    ]
    const refused = await Promise.all(events.map((eventId) => refusedFor(approve(eventId))))
    const [winner] = await rowsOf('personnel_events', { state: 'approved' })
    assert.sameDeepMembers(refused, [[], [`hired_already ${winner.number}`]])
  })

  test('who leaves is not let go a second time, whatever the kind', async ({ assert, client }) => {
    const personId = await givenPerson()
    await givenAssignment(personId, await givenUnit())
    const draft = await drafted({ kind: 'resign', personId, effectiveOn: '2026-06-15' })
    const waiting = await submitted(
      drafted({ kind: 'dismiss', personId, details: { basis: 'court' } })
    )
    const first = await approved(
      drafted({ kind: 'transfer_out', personId, details: { destination: '省台' } })
    )
    const reason = [`leaving_already ${await numberOf(first)}`]
    assert.deepEqual(await refusedFor(submit(draft)), reason)
    assert.deepEqual(await refusedFor(approve(waiting)), reason)
    const user = await givenUser({ role: 'hr_head', row: { locale: 'en' } })
    const answer = await client
      .post(`/people/events/${waiting}/approval`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ version: 2 })
    assert.equal(
      answer.flashMessage('error'),
      `Another approved event already ends the service of the person (${await numberOf(first)}): withdraw it first`
    )
    assert.equal((await eventById(waiting))!.state, 'submitted')
  })

  test('who left is hired again, and may leave again', async ({ assert }) => {
    const unitId = await givenUnit()
    const personId = await givenPerson()
    await givenAssignment(personId, unitId)
    const leave = await approved(drafted({ kind: 'resign', personId, effectiveOn: TODAY }))
    await executeEvent({ eventId: leave }, await head())
    const again = await approved(hireOf(personId, unitId, '2026-06-10'))
    clock.freeze('2026-06-10')
    await executeEvent({ eventId: again }, await head())
    const second = await approved(drafted({ kind: 'resign', personId }))
    assert.equal((await eventById(second))!.state, 'approved')
  })
})
