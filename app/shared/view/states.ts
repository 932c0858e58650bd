export type Tone = 'ok' | 'warn' | 'danger' | 'muted' | 'info'

/** How a state looks wherever it is shown; one that is not listed is plain information. */
const TONES: Record<Tone, readonly string[]> = {
  ok: [
    'approved',
    'executed',
    'paid',
    'done',
    'decided',
    'committed',
    'active',
    'confirmed',
    'filled',
    'ok',
    'checked',
    'balanced',
    'posted',
    'accepted',
    'read',
    'published',
    'adopted',
    'green',
  ],
  warn: [
    'returned',
    'proposed',
    'held',
    'warning',
    'expired',
    'scheduled',
    'over',
    'objected',
    'yellow',
  ],
  danger: ['open', 'refused', 'rejected', 'failed', 'blocked', 'locked', 'red'],
  muted: [
    'draft',
    'withdrawn',
    'undone',
    'ended',
    'replaced',
    'released',
    'disabled',
    'dissolved',
    'skipped',
    'same',
    'none',
    'pending',
    'closed',
    'todo',
    'archived',
    'grey',
  ],
  info: ['submitted', 'queued', 'running', 'checking', 'committing', 'uploaded', 'note'],
}

const ICONS: Record<Tone, string> = {
  ok: 'check',
  warn: 'alert-triangle',
  danger: 'alert-circle',
  muted: 'point',
  info: 'clock',
}

export function toneOf(state: string): Tone {
  const tones = Object.keys(TONES) as Tone[]
  return tones.find((tone) => TONES[tone].includes(state)) ?? 'info'
}

/** The sign that goes with a tone, so that no state is told by colour alone. */
export function iconOf(tone: Tone): string {
  return ICONS[tone] ?? ICONS.info
}
