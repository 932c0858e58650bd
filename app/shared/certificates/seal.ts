import { canonicalJson } from './canonical.js'
import { computeConservation } from './conservation.js'
import { computeDivestiture } from './divestiture.js'
import type { DivestitureBody, DivestitureCertificate } from './divestiture.js'
import { bodyDifferences } from './check.js'
import { describeDifference, type Difference } from './difference.js'
import { FORMAT, hashOf } from './format.js'
import { shapeDifferences } from './shape.js'
import type { Certificate, ConservationBody } from './format.js'
import { matchingDifferences, type MatchingBody, type MatchingCertificate } from './matching.js'

/** The body cannot be certified: its sums differ or it is not of the form. */
export class CertificateError extends Error {
  name = 'CertificateError'

  constructor(readonly differences: Difference[]) {
    super(differences.map((difference) => describeDifference(difference, 'en')).join('; '))
  }
}

/**
 * Makes the certificate of a body: computes deltas, sums and hashes. A body whose people, quota or
 * vacancies are not conserved is never sealed: CertificateError names every place.
 */
export function sealCertificate(kind: Certificate['kind'], body: ConservationBody): Certificate {
  const content = { format: FORMAT, kind, body, ...computeConservation(body) } as const
  const certificate: Certificate = { ...content, hash: hashOf(content) }
  const differences = bodyDifferences(certificate)
  if (differences.length > 0) throw new CertificateError(differences)
  return certificate
}

/** Makes the certificate of a matching; one whose figures do not add up is never sealed. */
export function sealMatching(body: MatchingBody): MatchingCertificate {
  const content = { format: FORMAT, kind: 'matching', body } as const
  const certificate = { ...content, hash: hashOf(content) }
  const differences = [...shapeDifferences(certificate), ...matchingDifferences(certificate)]
  if (differences.length > 0) throw new CertificateError(differences)
  return certificate
}

/** The same of a division of assets: pieces and values are as many after it as before. */
export function sealDivestiture(body: DivestitureBody): DivestitureCertificate {
  const kind = 'divestiture' as const
  const content = { format: FORMAT, kind, body, ...computeDivestiture(body) } as const
  const certificate: DivestitureCertificate = { ...content, hash: hashOf(content) }
  const differences = bodyDifferences(certificate)
  if (differences.length > 0) throw new CertificateError(differences)
  return certificate
}

/** The certificate as it is downloaded and kept: canonical JSON, UTF-8. */
export function certificateJson(
  certificate: Certificate | MatchingCertificate | DivestitureCertificate
): string {
  return canonicalJson(certificate)
}
