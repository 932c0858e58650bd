import { randomUUID } from 'node:crypto'
import { inputAttributes, buttonAttributes } from './attributes.js'
import * as fields from './fields.js'
import * as links from './links.js'
import * as states from './states.js'
import * as texts from './texts.js'
import { progressOf } from './progress.js'

/** What the components of resources/views/components compute with; pages use components instead. */
export const ui = {
  ...fields,
  ...links,
  ...states,
  ...texts,
  progressOf,
  inputAttributes,
  buttonAttributes,

  /** Key of one form as shown: the same form sent twice has one effect. */
  formKey: () => randomUUID(),

  /** `users` and `tabler:users` name the same icon. */
  icon: (name: string) => (name.includes(':') ? name : `tabler:${name}`),
}
