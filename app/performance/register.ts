/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerPerformance() {}
