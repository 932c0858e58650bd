import { answer } from '#shared/threads/answer'
import { judgeNewcomers } from './judge_newcomers.js'

// The thread that judges the rows of rosters. It knows what it is handed: no database, no settings.
answer(judgeNewcomers, ({ lines }) => [lines.json])
