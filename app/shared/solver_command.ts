import { readFile } from 'node:fs/promises'

/**
 * What the commands of the calculating cores have in common: reads a JSON file that holds one
 * instance or `{"cases": […]}`, where a case is the instance or has it under `instance` (what
 * stands beside it goes along), prints the answers as JSON and gives the exit status. A bad single
 * instance is 1 with the place on standard error; in a batch it is answered `{"error": "…"}`.
 */
export function answerFile<Instance, Answer>(
  path: string | undefined,
  solve: (instance: Instance) => Answer
): Promise<number> {
  return answerBytes(path, (bytes) => answer(JSON.parse(bytes.toString()), solve))
}

/** As answerFile, for cores that read the JSON text of an instance themselves. */
export function answerText<Answer>(
  path: string | undefined,
  solve: (json: string | Uint8Array) => Answer
): Promise<number> {
  return answerBytes(path, (bytes) => {
    if (!bytes.includes('"cases"') && !bytes.includes('"instance"')) return solve(bytes)
    return answer(JSON.parse(bytes.toString()), (instance) => solve(JSON.stringify(instance)))
  })
}

async function answerBytes(
  path: string | undefined,
  reply: (bytes: Buffer) => unknown
): Promise<number> {
  try {
    if (!path) throw new Error('name the file: --file FILE')
    const bytes = await readFile(path)
    const start = bytes.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0
    process.stdout.write(`${JSON.stringify(reply(bytes.subarray(start)))}\n`)
    return 0
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    return 1
  }
}

/** Some editors put the byte order mark before a text. */
const MARK = Buffer.from('\uFEFF')

/** The answer to a parsed file; throws for a single bad instance. */
export function answer<Instance, Answer>(
  value: any,
  solve: (instance: Instance) => Answer
): Answer | { cases: (Answer | { error: string })[] } {
  if (typeof value !== 'object' || value === null) throw new Error('not a JSON object')
  if (!Array.isArray(value.cases)) return solve(instanceOf(value))
  return {
    cases: value.cases.map((one: any) => {
      try {
        return solve(instanceOf(one))
      } catch (error) {
        return { error: (error as Error).message }
      }
    }),
  }
}

function instanceOf(value: any) {
  if (typeof value !== 'object' || value === null) throw new Error('a case is not an object')
  const { instance, ...beside } = value
  return instance ? { ...beside, ...instance } : value
}
