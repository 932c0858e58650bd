import { addDays } from '#shared/dates'

export interface CalendarEvent {
  /** Stays the same when the date changes, so that a calendar moves the entry. */
  uid: string
  /** Civil dates; without `endDate` one whole day, with it the last day. */
  date: string
  endDate?: string | null
  summary: string
  description: string
  url: string
}

const LINE_OCTETS = 75

/**
 * A feed of whole days (RFC 5545): lines end in CR LF and are folded at 75 octets without tearing
 * a character. `now` is a UTC moment `YYYY-MM-DD HH:mm:ss…`.
 */
export function icalendar(
  feed: { name: string; events: readonly CalendarEvent[] },
  now: string
): string {
  const stamp = `${now.slice(0, 19).replaceAll(/[-:]/g, '').replace(' ', 'T')}Z`
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ronghe//Programme//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(feed.name)}`,
    `X-WR-CALNAME:${escaped(feed.name)}`,
    ...feed.events.flatMap((event) => eventLines(event, stamp)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines(event: CalendarEvent, stamp: string): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${basic(event.date)}`,
    `DTEND;VALUE=DATE:${basic(addDays(event.endDate ?? event.date, 1))}`,
    `SUMMARY:${escaped(event.summary)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    `URL:${event.url.replace(/[\r\n]/g, '')}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

const basic = (date: string) => date.replaceAll('-', '')

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '')
}

/** A line that goes on begins with a space, which counts. */
function folded(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > LINE_OCTETS) {
      pieces.push(piece)
      piece = ' '
      octets = 1
    }
    piece += character
    octets += size
  }
  return [...pieces, piece].join('\r\n')
}
