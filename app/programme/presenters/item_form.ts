import type { I18n } from '@adonisjs/i18n'
import { unitResolver } from '#organization/queries/resolve_unit'
import { splitNames } from '#organization/imports/unit_texts'
import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import { factsPort } from '#shared/ports/facts'
import type { ItemRow } from '../queries/plan.js'
import { thePlan } from '../queries/plan.js'

/** Choices of the form of an item. */
export async function itemOptions(i18n: I18n, item?: ItemRow) {
  const { items } = await thePlan()
  return {
    phases: items
      .filter(({ kind, id }) => kind === 'milestone' && id !== item?.id)
      .map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` })),
    facts: factOptions(i18n),
  }
}

export function factOptions(i18n: I18n) {
  return factsPort.codes().map((code) => {
    const [module, name] = code.split('.')
    return { value: code, label: i18n.t(`${module}.facts.${name}`) }
  })
}

/** Units as somebody typed them, one after the other; an unknown name is refused at the field. */
export async function supportsFrom(text: string): Promise<number[]> {
  const resolve = await unitResolver()
  const today = clock.today()
  return splitNames(text).map((name) => {
    const hit = resolve(name, today)
    if (hit.kind === 'found') return hit.unitId
    const code = `programme.errors.unit_${hit.kind}`
    throw new DomainError(code, { name }, [{ field: 'support_units', code, params: { name } }])
  })
}
