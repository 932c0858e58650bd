/** Known to everybody, by intent: production refuses to start with demo accounts unless DEMO=true. */
export const DEMO_PASSWORD = 'Ronghe-2026-demo'
