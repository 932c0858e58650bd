import { named } from '#shared/view/names'

/** What a form component knows of the page it stands on (`@inject`ed by `@form`). */
interface FormContext {
  formAction?: string
  /** Keeps the ids of two forms with the same fields apart on one page. */
  formScope?: string
  /** The labels of the fields that were drawn, by path. */
  labels?: Record<string, string>
}

interface FlashMessages {
  get(key: string, defaultValue?: unknown): any
  has(key: string): boolean
}

/** `lines[3][post_id]` → `lines.3.post_id`: how a field is called in flashed input and errors. */
export function fieldPath(name: string): string {
  return name.replaceAll('[', '.').replaceAll(']', '').replace(/\.+$/, '')
}

/** An id for label and error of a field; the same name in the same form always has the same id. */
export function fieldId(name: string, form?: FormContext): string {
  const scope = form?.formScope ? `${form.formScope}-` : ''
  return `field-${scope}${fieldPath(name).replaceAll('.', '-')}`
}

/** True when the page shows this form again after it was refused (several forms may share a page). */
export function isReturned(flash: FlashMessages | undefined, form: FormContext): boolean {
  if (!flash) return false
  const sent = flash.get('_form')
  if (form?.formAction) return sent === form.formAction
  return sent === undefined && flash.has('inputErrorsBag')
}

/** A fold opens where the form in it came back, so that what is wrong is seen. */
export function opened(flash: FlashMessages | undefined, formAction: string): 'open' | '' {
  return isReturned(flash, { formAction }) ? 'open' : ''
}

/** What was typed before the form came back, else the record's value. */
export function fieldValue(
  flash: FlashMessages | undefined,
  form: FormContext,
  name: string,
  value: unknown
): unknown {
  const shown = isReturned(flash, form) ? flash!.get(fieldPath(name), value) : value
  return shown ?? ''
}

/** A box that was cleared is absent from what was sent. */
export function isChecked(
  flash: FlashMessages | undefined,
  form: FormContext,
  name: string,
  checked: boolean,
  value = '1'
): boolean {
  if (!isReturned(flash, form)) return Boolean(checked)
  const sent = flash!.get(fieldPath(name))
  return Array.isArray(sent) ? sent.includes(value) : String(sent ?? '') === value
}

/** Messages at a field, in the user's language already; they and the summary name it by its label. */
export function fieldErrors(
  flash: FlashMessages | undefined,
  form: FormContext,
  name: string,
  label?: string
): string[] {
  if (!isReturned(flash, form)) return []
  const path = fieldPath(name)
  if (form?.labels && label) form.labels[path] = label
  const texts: string[] = flash!.get('inputErrorsBag', {})[path] ?? []
  return texts.map((text) => named(text, label))
}

/** All messages of a returned form for its summary, once its fields are drawn, each with the id of its field. */
export function errorSummary(flash: FlashMessages | undefined, form: FormContext) {
  if (!isReturned(flash, form)) return []
  const bag: Record<string, string[]> = flash!.get('inputErrorsBag', {})
  return Object.entries(bag).flatMap(([name, texts]) =>
    texts.map((text) => ({ id: fieldId(name, form), text: named(text, form.labels?.[name]) }))
  )
}
