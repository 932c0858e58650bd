import { withoutGroups } from '#shared/typed_digits'
import { DomainError } from '#shared/errors'

export type RoundingMode = 'half_up' | 'down' | 'up'

/** Above this the fraction is reduced; below, a common factor costs less than finding it. */
const REDUCE_ABOVE = 1n << 96n
/** Numbers of the trade have twenty digits; formulas that square one another must not eat the memory. */
const LARGEST = 1n << 4000n
const DECIMAL = /^([-+]?)(\d{1,1300})(?:\.(\d{1,4000}))?$/
/** What people type is never longer. */
const LONGEST_TYPED = 60
const FRACTION = /^(-?\d{1,1300})\/(\d{1,1300})$/

/**
 * An exact number: a fraction of whole numbers. Sums, products and quotients lose nothing; only
 * `round` does, where and how it says.
 */
export class Exact {
  static readonly ZERO = new Exact(0n, 1n)
  static readonly ONE = new Exact(1n, 1n)

  private constructor(
    readonly n: bigint,
    /** Always positive; not always in lowest terms. */
    readonly d: bigint
  ) {}

  /** From a decimal text (`-12.50`), a fraction (`1/3`) or a whole number; anything else is refused. */
  static from(value: string | number | bigint): Exact {
    if (typeof value === 'bigint') return new Exact(value, 1n)
    if (typeof value === 'number') {
      if (Number.isSafeInteger(value)) return new Exact(BigInt(value), 1n)
    } else {
      const match = DECIMAL.exec(value.trim())
      if (match) {
        const [, sign, whole, part = ''] = match
        const n = BigInt(whole + part)
        return new Exact(sign === '-' ? -n : n, 10n ** BigInt(part.length))
      }
      const fraction = FRACTION.exec(value.trim())
      if (fraction && BigInt(fraction[2]) > 0n) {
        return new Exact(BigInt(fraction[1]), BigInt(fraction[2]))
      }
    }
    throw new DomainError('shared.formulas.errors.not_a_number', { value: String(value) })
  }

  /** The same, or null: for what people typed or a file holds. */
  static parse(value: string): Exact | null {
    const plain = withoutGroups(value)
    const readable = plain.length <= LONGEST_TYPED && (DECIMAL.test(plain) || FRACTION.test(plain))
    return readable && !/\/0*$/.test(plain) ? Exact.from(plain) : null
  }

  /** Fen as yuan: 12345 → 123.45. */
  static fromFen(fen: number): Exact {
    return make(Exact.from(fen).n, 100n)
  }

  static sum(values: Iterable<Exact>): Exact {
    let total = Exact.ZERO
    for (const value of values) total = total.plus(value)
    return total
  }

  plus(other: Exact): Exact {
    return this.d === other.d
      ? make(this.n + other.n, this.d)
      : make(this.n * other.d + other.n * this.d, this.d * other.d)
  }

  minus(other: Exact): Exact {
    return this.plus(other.negated())
  }

  times(other: Exact): Exact {
    return make(this.n * other.n, this.d * other.d)
  }

  /** The caller has seen that the divisor is not zero; here zero is a fault of the program. */
  dividedBy(other: Exact): Exact {
    if (other.n === 0n) throw new RangeError('division by zero')
    return other.n < 0n
      ? make(-this.n * other.d, this.d * -other.n)
      : make(this.n * other.d, this.d * other.n)
  }

  negated(): Exact {
    return make(-this.n, this.d)
  }

  abs(): Exact {
    return this.n < 0n ? this.negated() : this
  }

  compare(other: Exact): -1 | 0 | 1 {
    const left = this.n * other.d
    const right = other.n * this.d
    return left < right ? -1 : left > right ? 1 : 0
  }

  equals(other: Exact): boolean {
    return this.compare(other) === 0
  }

  get isZero(): boolean {
    return this.n === 0n
  }

  get isNegative(): boolean {
    return this.n < 0n
  }

  /** 四舍五入 is `half_up`: halves go away from zero. `down` is towards zero, `up` away from it. */
  round(places = 0, mode: RoundingMode = 'half_up'): Exact {
    const scale = 10n ** BigInt(places)
    return make(this.scaled(scale, mode), scale)
  }

  /** Yuan to whole fen. */
  toFen(mode: RoundingMode = 'half_up'): number {
    const fen = Number(this.scaled(100n, mode))
    if (!Number.isSafeInteger(fen)) throw new Error('an amount left the safe integers')
    return fen
  }

  /** Exactly so many decimals: `92.50`. */
  toFixed(places: number, mode: RoundingMode = 'half_up'): string {
    return decimal(this.scaled(10n ** BigInt(places), mode), places)
  }

  /** Without loss: the shortest decimal, or a fraction (`1/3`) where no decimal ends. */
  toString(): string {
    const { n, d } = this.reduced()
    if (d === 1n) return n.toString()
    const places = placesOf(d)
    if (places === null) return `${n}/${d}`
    return decimal((n * 10n ** BigInt(places)) / d, places)
  }

  /** For pictures and ordering only; never for money. */
  toNumber(): number {
    return Number(this.toFixed(12))
  }

  toJSON(): string {
    return this.toString()
  }

  private scaled(scale: bigint, mode: RoundingMode): bigint {
    const n = this.n * scale
    const whole = n / this.d
    const rest = n - whole * this.d
    if (rest === 0n || mode === 'down') return whole
    const away = n < 0n ? -1n : 1n
    const up = mode === 'up' || (rest < 0n ? -rest : rest) * 2n >= this.d
    return up ? whole + away : whole
  }

  private reduced(): { n: bigint; d: bigint } {
    const divisor = gcd(this.n < 0n ? -this.n : this.n, this.d)
    return { n: this.n / divisor, d: this.d / divisor }
  }

  /** @internal */
  static of(n: bigint, d: bigint): Exact {
    if (n > LARGEST || n < -LARGEST || d > LARGEST) {
      throw new DomainError('shared.formulas.errors.too_large')
    }
    const value = new Exact(n, d)
    if (d < REDUCE_ABOVE) return value
    const { n: top, d: bottom } = value.reduced()
    return new Exact(top, bottom)
  }
}

const make = Exact.of

function gcd(a: bigint, b: bigint): bigint {
  while (b > 0n) [a, b] = [b, a % b]
  return a === 0n ? 1n : a
}

/** Decimals that a reduced denominator needs; null when it has a prime factor besides 2 and 5. */
function placesOf(d: bigint): number | null {
  let twos = 0
  let fives = 0
  for (; d % 2n === 0n; d /= 2n) twos++
  for (; d % 5n === 0n; d /= 5n) fives++
  return d === 1n ? Math.max(twos, fives) : null
}

function decimal(scaled: bigint, places: number): string {
  if (places === 0) return scaled.toString()
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}
