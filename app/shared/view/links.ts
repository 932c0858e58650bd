type Query = Record<string, unknown>

/** `path` with the page's query string, some of it changed; null and '' take a name away. */
export function withQuery(path: string, query: Query = {}, changes: Query = {}): string {
  const text = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, ...changes })) append(text, name, value)
  return text.size ? `${path}?${text}` : path
}

function append(text: URLSearchParams, name: string, value: unknown) {
  if (value === null || value === undefined || value === '') return
  if (Array.isArray(value)) value.forEach((item) => append(text, name, item))
  else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) append(text, `${name}[${key}]`, item)
  } else text.append(name, String(value))
}

interface Column {
  sort?: string
}

/** Where a click on a column's header leads: sorted by it, the other way when it already is. */
export function sortLink(
  path: string,
  query: Query,
  column: Column,
  sort?: string,
  direction?: string
): string {
  const turned = sort === column.sort && direction !== 'desc'
  return withQuery(path, query, {
    sort: column.sort,
    direction: turned ? 'desc' : 'asc',
    cursor: null,
  })
}

/** `aria-sort` of a column. */
export function ariaSort(column: Column, sort?: string, direction?: string): string | null {
  if (!column.sort || column.sort !== sort) return column.sort ? 'none' : null
  return direction === 'desc' ? 'descending' : 'ascending'
}
