import { fieldErrors, fieldId } from './fields.js'

type Attributes = Record<string, unknown>

const OF_INPUT = [
  'placeholder',
  'disabled',
  'readonly',
  'required',
  'min',
  'max',
  'step',
  'minlength',
  'maxlength',
  'pattern',
  'inputmode',
  'accept',
  'multiple',
  'autofocus',
  'autocomplete',
  'list',
]
const OF_BUTTON = ['name', 'value', 'disabled', 'form', 'formaction', 'formnovalidate']
const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Attributes as HTML, escaped: true alone is the bare name; false, null and undefined are left out. */
export function attributes(values: Attributes): string {
  return Object.entries(values)
    .filter(([, value]) => value !== false && value !== null && value !== undefined)
    .map(([name, value]) => (value === true ? name : `${name}="${escaped(String(value))}"`))
    .join(' ')
}

/** Everything an input says of itself beside its value: name, id, limits, help and error for readers. */
export function inputAttributes(flash: any, form: any, props: Attributes): string {
  const name = String(props.name)
  const id = fieldId(name, form)
  const errors = fieldErrors(flash, form, name)
  const described = [props.help && `${id}-help`, errors.length && `${id}-error`].filter(Boolean)
  return attributes({
    // A box of a group is one of many of its name.
    'id': name.endsWith('[]') && props.value ? `${id}-${props.value}` : id,
    name,
    ...chosen(props, OF_INPUT),
    'aria-invalid': errors.length ? 'true' : null,
    'aria-describedby': described.join(' ') || null,
    ...(props.attributes as Attributes | undefined),
  })
}

/** What a button may carry beside its look. */
export function buttonAttributes(props: Attributes): string {
  return attributes({
    ...chosen(props, OF_BUTTON),
    ...(props.attributes as Attributes | undefined),
  })
}

function chosen(props: Attributes, names: string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, props[name]]))
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPED[sign])
}
