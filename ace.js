/*
| JavaScript entrypoint for ace commands: registers the TypeScript hook, then
| boots the console. The production build replaces this file with its own.
*/
import '@poppinss/ts-exec'

await import('./bin/console.js')
