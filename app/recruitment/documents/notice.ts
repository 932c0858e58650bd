import type { PdfDocument } from '#shared/documents/definition'
import { officialNotice } from '#shared/documents/official_notice'
import { longDate } from '#shared/dates'
import { formatScore } from '../domain/scoring.js'
import type { RecruitmentRow } from '../queries/recruitments.js'
import type { RecruitmentPostRow } from '../queries/recruitment_posts.js'

const EDUCATION: Record<string, string> = {
  postgraduate: '研究生',
  undergraduate: '大学本科',
  junior_college: '大学专科',
  vocational: '中等职业',
  senior_secondary: '高中',
  junior_secondary: '初中',
  primary: '小学',
}

/** 招聘公告 as GB/T 9704 lays it out. */
export function noticePaper(
  plan: RecruitmentRow,
  posts: readonly RecruitmentPostRow[]
): PdfDocument {
  const on = (date: string) => longDate(date, 'zh-CN')
  const open = posts.filter(({ places }) => places > 0)
  return officialNotice({
    issuer: plan.unitName,
    documentNo: plan.approvalDocumentNo ?? undefined,
    title: `${plan.title}公告`,
    paragraphs: [
      `根据${plan.documentNo}，经核准，现就${plan.title}有关事项公告如下。`,
      `一、招聘岗位。共${plan.places}名，均为事业编制：${open.map(postText).join('；')}。`,
      ...(plan.kind === 'growth'
        ? [`面向本单位编外人员，累计工作满${plan.minYears}年，工作年限按登记的任职记录计算。`]
        : []),
      `二、报名。${on(plan.applyFrom)}至${on(plan.applyTo)}网上报名，每人限报一个岗位，上传身份证、学历证书等材料，提交后凭回执编号查询审核结果。`,
      testText(plan),
      `四、考察和体检。按总成绩从高到低等额确定人选；总成绩相同的，依次比较${tieText(plan)}。考察或体检不合格、自愿放弃的，在同一岗位依次递补一次。`,
      `五、公示和聘用。拟聘人员名单公示${plan.publicityDays}个工作日，无异议的办理聘用手续，签订聘用合同。`,
      '六、纪律。与报考人员有利害关系的考官和工作人员应当回避；提供虚假材料的取消资格。',
    ],
    date: plan.announcedOn ?? plan.applyFrom,
    seal: true,
  })
}

function postText(post: RecruitmentPostRow): string {
  const wanted = [
    post.minEducation ? `${EDUCATION[post.minEducation]}及以上学历` : '',
    post.maxAge ? `${post.maxAge}周岁以下` : '',
    post.requirements ?? '',
  ].filter(Boolean)
  const conditions = wanted.length ? `（${wanted.join('，')}）` : ''
  return `${post.departmentName}${post.name}${post.places}名${conditions}`
}

function testText(plan: RecruitmentRow): string {
  const where = plan.testsPlace ? `，地点${plan.testsPlace}` : ''
  const when = plan.testsOn ? `${longDate(plan.testsOn, 'zh-CN')}${where}` : '时间地点另行通知'
  const drop = plan.dropExtremes ? '考官五人以上时去掉一个最高分和一个最低分，' : ''
  const pass = `合格线${formatScore(plan.passScore)}分`
  if (plan.writtenWeight === 0) {
    return `三、考核。采取直接考核方式，${when}。由考官分别评分，${drop}取平均分，${pass}。`
  }
  return (
    `三、考试。分笔试和面试，笔试占${plan.writtenWeight}%，面试占${100 - plan.writtenWeight}%，${when}。` +
    `合格报名人数与招聘人数达不到${plan.openRatio}：1的，核减或者取消岗位；按笔试成绩1：${plan.interviewRatio}确定面试人选。` +
    `面试由考官分别评分，${drop}取平均分，${pass}。`
  )
}

const TIES: Record<string, string> = {
  written: '笔试成绩',
  interview: '面试成绩',
  education: '学历',
  service: '工作年限',
}

function tieText(plan: RecruitmentRow): string {
  return [...plan.tieKeys.map((key) => TIES[key]), '加试成绩'].join('、')
}
