export const LARGEST_ATTACHMENT = 5 * 1024 * 1024

/** First bytes of what an applicant may hand in, and the name that such a file gets. */
const ALLOWED: [RegExp, string, string][] = [
  [/^%PDF-1\.|^%PDF-2\./, 'application/pdf', 'pdf'],
  [/^\xff\xd8\xff/, 'image/jpeg', 'jpg'],
  [/^\x89PNG\r\n/, 'image/png', 'png'],
]

/** Told by content, whatever the name says; null: nothing that is taken. */
export function attachmentType(bytes: Buffer): { mime: string; extension: string } | null {
  const head = bytes.subarray(0, 16).toString('latin1')
  const found = ALLOWED.find(([pattern]) => pattern.test(head))
  return found ? { mime: found[1], extension: found[2] } : null
}
