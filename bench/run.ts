import { readdir } from 'node:fs/promises'

export interface Measured {
  name: string
  /** Against the baseline that the same run measured. */
  ratio: number
  /** None: told beside the others. */
  bar?: number
}

/**
 * `npm run bench [name…]`: every file of this folder with a `run()`, one after the other. Prints
 * ratios against a baseline of the same run; times mean nothing across machines.
 */
const wanted = process.argv.slice(2)
const files = (await readdir(import.meta.dirname)).filter((name) => /^[^.]+\.ts$/.test(name))
const names = files.map((name) => name.replace(/\.ts$/, '')).filter((name) => name !== 'run')

for (const name of names.filter((one) => wanted.length === 0 || wanted.includes(one))) {
  const { run } = (await import(`./${name}.js`)) as { run(): Promise<Measured[]> }
  for (const { name: what, ratio, bar } of await run()) {
    const verdict =
      bar === undefined ? '' : `bar ${+bar.toFixed(2)}  ${ratio <= bar ? 'within' : 'ABOVE'}`
    console.log(`${name.padEnd(14)} ${what.padEnd(64)} ${ratio.toFixed(2)}  ${verdict}`.trimEnd())
  }
}
process.exit(0)
