import { BaseSchema } from '@adonisjs/lucid/schema'

const NAME = 'pay.parameters'
/** The parameters of the house; one that was added says no unit. */
const UNITS: Record<string, string> = {
  缴费基数下限: 'yuan_month',
  缴费基数上限: 'yuan_month',
  基础性绩效月标准: 'yuan_month',
  编外基础性绩效月标准: 'yuan_month',
  合同工资标准: 'yuan_month',
  优秀奖金系数: 'times',
  合格奖金系数: 'times',
  基本合格奖金系数: 'times',
  不合格奖金系数: 'times',
  不确定档次奖金系数: 'times',
}

/** Parameters of pay keep their unit beside their value. */
export default class extends BaseSchema {
  async up() {
    await this.change((name, value: string) => ({ value, unit: UNITS[name] ?? 'number' }))
  }

  async down() {
    await this.change((_, parameter: { value: string }) => parameter.value)
  }

  private async change(to: (name: string, stored: any) => unknown) {
    this.defer(async (db) => {
      for (const row of await db.from('settings').where('name', NAME)) {
        const entries = Object.entries(JSON.parse(row.value))
        const changed = Object.fromEntries(
          entries.map(([name, stored]) => [name, to(name, stored)])
        )
        await db
          .from('settings')
          .where('id', row.id)
          .update({ value: JSON.stringify(changed) })
      }
    })
  }
}
