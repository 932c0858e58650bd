import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
import type { Move } from '#shared/view/move'
import { roundTarget } from '../reach.js'
import type { RoundRow } from '../queries/rounds.js'

/** What this person may do with the round now; what waits for a date is not a move. */
export function roundMoves(round: RoundRow, actor: Actor, i18n: I18n): Move[] {
  const say = (key: string, params = {}) => i18n.t(`selection.${key}`, params)
  const url = (act: string) => `/selection/rounds/${round.id}/${act}`
  const grant = actor.grantFor('selection.approve', roundTarget(round))
  if (!grant) return []
  const move = (name: string, act: string, params = {}): Move => ({
    label: say(`moves.${name}`),
    url: url(act),
    confirm: say(`confirm.${name}`, params),
  })
  switch (round.state) {
    case 'preparation': {
      if (round.approved) return []
      const own = actor.actsAs(round.preparedBy, grant)
      const reason = own ? say('errors.same_person') : undefined
      return [
        {
          ...move(round.sealed ? 'approve' : 'approve_sheet', 'approval', {
            date: round.preferencesFrom,
          }),
          disabled: own,
          reason,
        },
      ]
    }
    case 'matching':
      return round.matchingId === null
        ? []
        : [move('publish', 'publication', { days: round.publicityDays })]
    case 'confirmation':
      return [{ ...move('place', 'placement'), tone: 'plain' }]
    case 'arrangement':
      return [{ ...move('place', 'placement'), tone: 'plain' }, move('close', 'closing')]
    default:
      return []
  }
}
