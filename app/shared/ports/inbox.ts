import type { Actor } from '#shared/actor'
import { sharingReads } from '#shared/shared_reads'

/** One thing that waits for the actor. `title` is already in the actor's language. */
export interface InboxItem {
  id: string
  kind: string
  title: string
  detail: string
  url: string
  /** Civil date, null without a deadline. */
  due: string | null
  blocked: boolean
  /** How many things it stands for; one when left out. */
  count?: number
}

/** One item for those of a kind that are not named one by one. */
export function restOf(kind: string, count: number, title: string, url: string): InboxItem[] {
  if (count <= 0) return []
  return [{ id: `${kind}:rest`, kind, title, detail: '', url, due: null, blocked: false, count }]
}

/** How many things wait: a rest counts as many as it stands for. */
export function waitingIn(items: readonly InboxItem[]): number {
  return items.reduce((sum, { count }) => sum + (count ?? 1), 0)
}

type Source = (actor: Actor, t: Translate) => Promise<InboxItem[]>
export type Translate = (key: string, params?: Record<string, any>) => string

const sources: Source[] = []

/** Modules register what waits for whom; the first page and the mail reminders read it. */
export const inboxPort = {
  register(source: Source) {
    sources.push(source)
  },
  async items(actor: Actor, t: Translate): Promise<InboxItem[]> {
    const lists = await sharingReads(() => Promise.all(sources.map((source) => source(actor, t))))
    return lists.flat().sort((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'))
  },
}
