import { digest, seal } from '#shared/crypto'
import { maskIdentity, maskPhone } from '../domain/identity_no.js'
import { plainColumns, type PersonInput } from '../domain/plain_columns.js'

export type { PersonInput }

/** The columns of `persons` for it: name in pinyin, identity number and phone sealed and masked. */
export function personColumns(input: PersonInput) {
  return {
    ...plainColumns(input),
    ...identityColumns(input.identityNo ?? null),
    ...phoneColumns(input.phone ?? null),
  }
}

export function identityColumns(identityNo: string | null) {
  return {
    identity_sealed: identityNo === null ? null : seal(identityNo, 'identity'),
    identity_digest: identityNo === null ? null : digest(identityNo, 'identity'),
    identity_masked: identityNo === null ? null : maskIdentity(identityNo),
  }
}

export function phoneColumns(phone: string | null) {
  return {
    phone_sealed: phone === null ? null : seal(phone, 'phone'),
    phone_masked: phone === null ? null : maskPhone(phone),
  }
}
