import {
  createHash,
  createHmac,
  createSecretKey,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'
import type { Encryption } from '@adonisjs/core/encryption'
import { MessageBuilder, type Secret } from '@adonisjs/core/helpers'

const messages = new MessageBuilder()

/**
 * Signs and checks cookies and addresses as the framework does, byte for byte, with keys prepared
 * once: Node imports a key that is given as bytes anew at each call, which costs six times the HMAC.
 */
export function prepareSignatures(encryption: Encryption, keys: Secret<string>[]) {
  const prepared = keys.map((key) =>
    createSecretKey(createHash('sha256').update(key.release()).digest())
  )
  const verifier = encryption.getMessageVerifier()
  verifier.sign = (payload, expiresIn, purpose) => {
    if (payload === null || payload === undefined) throw new Error(`cannot sign ${payload}`)
    const text = Buffer.from(messages.build(payload, expiresIn, purpose)).toString('base64url')
    return `${text}.${mac(prepared[0], text).toString('base64url')}`
  }
  verifier.unsign = <T>(signed: string, purpose?: string): T | null => {
    const parts = typeof signed === 'string' ? signed.split('.') : []
    const [text, signature] = parts.map(decoded)
    if (!text || signature?.length !== 32 || parts.length !== 2) return null
    const ours = prepared.some((key) => timingSafeEqual(mac(key, parts[0]), signature))
    return ours ? messages.verify<T>(text, purpose) : null
  }
}

function mac(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** One way only to write the same bytes. */
function decoded(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}
