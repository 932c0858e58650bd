import type { Edge } from 'edge.js'

/**
 * Edge keeps compiled pages and components, but compiles each `@include` anew every time it is
 * drawn. Here they are kept too, by path and by the variables of the loops around them.
 */
export function keepIncludes(edge: Edge) {
  const compiler = edge.asyncCompiler
  const compile = compiler.compile.bind(compiler)
  const kept = new Map<string, ReturnType<typeof compile>>()
  compiler.compile = (path, variables) => {
    if (!variables) return compile(path)
    const key = [path, ...variables].join()
    const known = kept.get(key) ?? compile(path, variables)
    kept.set(key, known)
    return known
  }
}
