import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { OperationError, operatorMessage } from '#shared/operations/operation_error'

interface NewAccount {
  username: string
  name: string
  role: 'security_admin' | null
}

const SECURITY: NewAccount[] = [
  { username: 'security-a', name: '安全管理员甲', role: 'security_admin' },
  { username: 'security-b', name: '安全管理员乙', role: 'security_admin' },
]

/**
 * First accounts of a production installation: two security administrators, who from then on grant
 * everything else by the rule of two, and named accounts without any grant for them to start with.
 */
export default class Setup extends BaseCommand {
  static commandName = 'setup'
  static description =
    'Create two security administrators with one-time codes, on an empty installation'
  static help = [
    'Run `node ace migration:run --force` first. Codes are shown once and must be changed at sign-in.',
    'Accounts without a grant, for the first administrators and HR officer, can be made with it:',
    '  node ace setup --account=wang.wei:王伟 --account=li.na:李娜',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.array({ description: 'A further account without grants, as user-name:name' })
  declare account: string[]

  async run() {
    try {
      const accounts = [...SECURITY, ...(this.account ?? []).map(parseAccount)]
      const codes = await this.create(accounts)
      this.logger.success(`created ${accounts.length} accounts; the codes are shown only now:`)
      for (const { username, name, code } of codes) {
        this.logger.log(`  ${username.padEnd(20)} ${code}   ${name}`)
      }
      this.logger.info(
        'hand each code to its person; the first sign-in asks for a password of their own. One security administrator proposes a grant, the other approves it.'
      )
    } catch (error) {
      this.logger.error(operatorMessage(error))
      this.exitCode = 1
    }
  }

  private async create(accounts: NewAccount[]) {
    const { default: hash } = await import('@adonisjs/core/services/hash')
    const { initialPassword } = await import('#accounts/actions/issue_accounts')
    const { inTransaction } = await import('#shared/database')
    const codes: Array<NewAccount & { code: string; hashed: string }> = []
    for (const account of accounts) {
      const code = initialPassword()
      codes.push({ ...account, code, hashed: await hash.make(code) })
    }
    await inTransaction(async (trx) => {
      const [{ total }] = await trx.from('users').count('* as total')
      if (Number(total) > 0) {
        throw new OperationError(
          'This installation has accounts already: administrators are made by them, not by setup.'
        )
      }
      for (const account of codes) await insertAccount(account, trx)
    })
    return codes
  }
}

async function insertAccount(account: NewAccount & { hashed: string }, trx: any) {
  const { record } = await import('#audit/actions/record')
  const { Actor } = await import('#shared/actor')
  const { clock } = await import('#shared/clock')
  const { insertRow } = await import('#shared/database')
  const actor = Actor.system('setup')
  const userId = await insertRow(trx, 'users', {
    username: account.username,
    name: account.name,
    password: account.hashed,
    must_change_password: true,
    password_changed_at: clock.now(),
    created_at: clock.now(),
    version: 1,
  })
  await record(trx, actor, {
    action: 'accounts.user.issued',
    subjectType: 'user',
    subjectId: userId,
    changes: { username: account.username },
  })
  if (!account.role) return
  const grantId = await insertRow(trx, 'grants', {
    user_id: userId,
    role: account.role,
    scope: 'all',
    valid_from: clock.today(),
    state: 'active',
    reason: 'setup',
    version: 1,
    created_at: clock.now(),
  })
  await record(trx, actor, {
    action: 'accounts.grant.approved',
    subjectType: 'user',
    subjectId: userId,
    changes: { grantId, role: account.role },
  })
}

/** `user-name:name`; throws OperationError when it is not that. */
function parseAccount(text: string): NewAccount {
  const match = /^([a-z][a-z0-9._-]{1,39}):(\S.{0,59})$/u.exec(text)
  if (!match) {
    throw new OperationError(
      `--account=${text} is not user-name:name (lower-case letters, digits, dot, dash; then the name).`
    )
  }
  return { username: match[1], name: match[2].trim(), role: null }
}
