/** The part that bench/ uses; the package ships no types. */
declare module 'autocannon' {
  interface Load {
    url: string
    connections: number
    amount?: number
    /** Seconds. */
    duration?: number
    /** Requests a second, over all connections. */
    overallRate?: number
    headers?: Record<string, string>
    requests?: { path: string; headers: Record<string, string> }[]
  }
  interface Result {
    'non2xx': number
    'errors': number
    '2xx': number
    'latency': { p99: number }
  }
  export default function autocannon(load: Load): Promise<Result>
}
