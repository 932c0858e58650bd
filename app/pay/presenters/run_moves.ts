import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
import { formatFen } from '#shared/money'
import { verbsFrom } from '#shared/transitions'
import type { Move } from '#shared/view/move'
import { RUN_MOVES, type RunVerb } from '../domain/runs.js'
import type { MethodLack } from '../queries/methods.js'
import type { RunRow } from '../queries/runs.js'

/** Who may make each move; `edit` has its own form. */
const NEEDS: Record<Exclude<RunVerb, 'edit'>, readonly string[]> = {
  compute: ['pay.prepare'],
  check: ['pay.prepare'],
  approve: ['pay.approve'],
  release: ['pay.release'],
  pay: ['pay.release'],
  return: ['pay.approve', 'pay.release'],
  cancel: ['pay.prepare'],
}
const WITH_COMMENT: readonly RunVerb[] = ['return', 'cancel']

interface RunNow {
  /** People who lack something. */
  missing: number
  /** It is being computed. */
  busy: boolean
  /** The actor had a hand in it. */
  touched: boolean
  /** Its unit's distribution method did not go its way. */
  method: MethodLack | null
}

/** Exactly the moves that table, role and separation of duties allow now; blocked ones say why. */
export function runMoves(actor: Actor, run: RunRow, at: RunNow, i18n: I18n): Move[] {
  const target = { unitId: run.unitId }
  const figures = { people: run.people, net: formatFen(run.netFen), drawn: formatFen(run.drawnFen) }
  return verbsFrom(RUN_MOVES, run.state).flatMap((verb): Move[] => {
    if (verb === 'edit' || !NEEDS[verb].some((name) => actor.may(name, target))) return []
    const label = i18n.t(`pay.moves.${verb === 'compute' && run.computedNo ? 'recompute' : verb}`)
    const url = `/pay/runs/${run.id}/${verb}`
    const reason = blocked(actor, run, verb, at)
    if (reason) {
      return [
        {
          label,
          url,
          disabled: true,
          reason: i18n.t(reason, { count: at.missing, ...at.method?.params }),
        },
      ]
    }
    return [
      {
        label,
        url,
        tone: toneOf(verb, run),
        ...(verb === 'compute' ? {} : { confirm: i18n.t(`pay.confirm.${verb}`, figures) }),
        ...(WITH_COMMENT.includes(verb) && { comment: i18n.t('shared.words.reason') }),
      },
    ]
  })
}

function blocked(actor: Actor, run: RunRow, verb: RunVerb, at: RunNow) {
  const { missing, busy, touched, method } = at
  if (['compute', 'check'].includes(verb) && busy) return 'pay.moves.computing'
  if (verb === 'check' && run.computedNo !== run.computeNo) return 'pay.errors.compute_open'
  if (['approve', 'release', 'return'].includes(verb) && touched) return 'pay.errors.same_person'
  if (verb === 'release' && run.approvedBy === actor.userId) return 'pay.errors.same_person'
  if (verb === 'release' && method) return method.key
  return verb === 'check' && missing > 0 ? 'pay.errors.missing_people' : null
}

function toneOf(verb: RunVerb, run: RunRow): Move['tone'] {
  if (verb === 'return' || verb === 'cancel') return 'danger'
  return verb === 'compute' && run.state === 'computed' ? 'plain' : 'primary'
}

const WAY = ['draft', 'computed', 'checked', 'approved', 'released', 'paid'] as const

/** The way of a run as a line: who did what, and what is next. */
export function runSteps(run: RunRow, i18n: I18n) {
  const at = run.state === 'returned' ? 0 : WAY.findIndex((state) => state === run.state)
  const names = {
    draft: run.preparedByName,
    computed: null,
    checked: run.checkedByName,
    approved: run.approvedByName,
    released: run.releasedByName,
    paid: null,
  }
  return WAY.map((state, index) => ({
    label: i18n.t(`pay.states.${state}`),
    ...wordedStep(stepState(run, index, at), i18n),
    name: index <= at ? names[state] : null,
    at: null,
    comment: null,
  }))
}

/** A step of a run is done or to come; nobody agrees to it. */
const wordedStep = (state: string, i18n: I18n) => ({ state, word: i18n.t(`pay.steps.${state}`) })

function stepState(run: RunRow, index: number, at: number): string {
  if (run.state === 'cancelled') return 'refused'
  if (index <= at) return 'done'
  return index === at + 1 ? 'current' : 'todo'
}
