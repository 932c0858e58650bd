import { writeRegister } from '#shared/spreadsheets/register_writer'

type Item = readonly [
  name: string,
  category: string,
  model: string,
  place: string,
  purpose: string,
  pieces: number,
  yuan: number,
  years: number,
]

/** What a small television station, a newspaper and the opinion centre own; invented. */
const HOLDINGS: Record<string, { prefix: string; keepers: string[]; items: Item[] }> = {
  广播电视台: {
    prefix: 'GD',
    keepers: ['罗强', '何静', '梁波'],
    items: [
      ['演播厅', '房屋构筑物', '600㎡', '广电大楼一层', '播出', 1, 3_860_000, 12],
      ['办公楼', '房屋构筑物', '2400㎡', '广电大楼', '办公', 1, 9_200_000, 12],
      ['临街门面', '房屋构筑物', '180㎡', '广电大楼西侧', '出租', 2, 960_000, 10],
      ['4K摄像机', '广播电视设备', 'PXW-Z750', '演播厅', '采编', 6, 182_000, 3],
      ['非线性编辑工作站', '广播电视设备', 'HP Z8', '编辑机房', '采编', 8, 46_000, 4],
      ['调音台', '广播电视设备', 'DM1000', '录音棚', '播出', 2, 68_000, 6],
      ['发射机', '广播电视设备', '10kW', '东山发射台', '播出', 2, 870_000, 8],
      ['转播车', '车辆', '六讯道', '车库', '采编', 1, 4_350_000, 7],
      ['采访车', '车辆', '别克GL8', '车库', '采编', 3, 236_000, 5],
      ['商务车', '车辆', '丰田', '车库', '经营', 1, 318_000, 6],
      ['LED广告大屏', '办公设备', 'P4 120㎡', '中心广场', '经营', 1, 1_260_000, 3],
      ['台式计算机', '办公设备', '联想M930', '三层办公室', '办公', 12, 5_600, 4],
      ['会议桌椅', '家具', '定制', '四层会议室', '办公', 2, 32_000, 9],
      ['媒资管理软件', '无形资产', '永久授权', '机房', '采编', 1, 580_000, 3],
    ],
  },
  报社: {
    prefix: 'BS',
    keepers: ['冯磊', '唐敏'],
    items: [
      ['编辑部用房', '房屋构筑物', '900㎡', '报业大厦五层', '采编', 1, 4_120_000, 11],
      ['印刷厂房', '房屋构筑物', '1500㎡', '工业园', '经营', 1, 3_300_000, 13],
      ['胶印机', '办公设备', '海德堡CD102', '印刷车间', '经营', 1, 2_760_000, 9],
      ['直接制版机', '办公设备', '柯达', '制版室', '经营', 1, 640_000, 6],
      ['单反相机', '广播电视设备', 'D850', '摄影部', '采编', 5, 21_500, 4],
      ['笔记本电脑', '办公设备', 'ThinkPad', '采访部', '采编', 15, 7_200, 3],
      ['发行车', '车辆', '江铃', '发行站', '经营', 4, 96_000, 7],
      ['采编系统', '无形资产', '方正飞腾', '机房', '采编', 1, 420_000, 5],
      ['文件柜', '家具', '铁皮', '档案室', '办公', 10, 1_150, 8],
    ],
  },
  新闻网络舆情中心: {
    prefix: 'YQ',
    keepers: ['许晨'],
    items: [
      ['舆情监测系统', '无形资产', '三年授权', '机房', '办公', 1, 368_000, 2],
      ['服务器', '办公设备', 'R740', '机房', '办公', 4, 52_000, 3],
      ['台式计算机', '办公设备', '联想M930', '监测室', '办公', 8, 5_600, 3],
      ['办公桌椅', '家具', '套', '监测室', '办公', 8, 1_800, 3],
    ],
  },
}

/** Years over which a value goes down to nothing, by category. */
const LIFE: Record<string, number> = { 房屋构筑物: 50, 车辆: 10, 家具: 15, 无形资产: 10 }

export type SampleRow = (string | number | null)[]

/** Rows of the register as of a year, a row a piece; `[原值, 净值]` in fen. */
export function sampleAssets(year: number): SampleRow[] {
  return Object.entries(HOLDINGS).flatMap(([unit, { prefix, keepers, items }]) => {
    let number = 0
    return items.flatMap(([name, category, model, place, purpose, pieces, yuan, years]) =>
      Array.from({ length: pieces }, (_, piece): SampleRow => {
        number += 1
        const life = LIFE[category] ?? 8
        const left = Math.max(0, life - years)
        return [
          `${prefix}-${String(number).padStart(4, '0')}`,
          pieces > 1 ? `${name}${piece + 1}号` : name,
          category,
          model,
          unit,
          keepers[number % keepers.length],
          place,
          purpose,
          years >= life ? '待报废' : '完好',
          `${year - years}-06-01`,
          yuan * 100,
          Math.floor((yuan * 100 * left) / life),
        ]
      })
    )
  })
}

/** The sheet as an office would send it, written to a path. */
export async function writeAssetSample(path: string, rows: readonly SampleRow[]): Promise<void> {
  const text = (header: string) => ({ header, width: 16 })
  const money = (header: string) => ({ header, width: 16, kind: 'money_fen' as const })
  await writeRegister(path, {
    title: '资产台账',
    sheets: [
      {
        name: '资产台账',
        columns: [
          ...['资产编号', '资产名称', '资产类别', '规格型号', '使用单位', '保管人'].map(text),
          ...['存放地点', '用途', '使用状况'].map(text),
          { header: '取得日期', width: 14, kind: 'date' },
          ...['原值', '净值'].map(money),
        ],
        rows,
      },
    ],
  })
}
