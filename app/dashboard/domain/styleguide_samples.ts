const job = {
  progress_note: null,
  started_at: '2022-03-31 02:00:00.000',
  error: null,
}

/** Made-up values that show the components; none of it comes from the database. */
export const samples = {
  rows: [
    { unit: '融媒体中心', funding: 'full', authorised: 112, filled: 96, reserved: 4, vacant: 12 },
    { unit: '融媒体中心', funding: 'partial', authorised: 75, filled: 53, reserved: 0, vacant: 22 },
    { unit: '外宣中心', funding: 'full', authorised: 8, filled: 0, reserved: 2, vacant: 6 },
  ],
  page: { rows: [], next: 'bmV4dA', previous: null },
  steps: [
    {
      label: '单位审核',
      state: 'done',
      name: '李红',
      at: '2022-03-02 09:12',
      comment: '名册已核对',
    },
    {
      label: '人社部门审批',
      state: 'done',
      name: '周敏',
      at: '2022-03-03 15:40',
      onBehalfOf: '赵刚',
    },
    { label: '编办审批', state: 'current' },
    { label: '执行', state: 'todo' },
  ],
  history: [
    {
      id: 2,
      at: '2022-03-02 09:12',
      actor: '李红',
      onBehalfOf: null,
      action: 'shared.sample.changed',
      changes: { grade: ['professional_11', 'professional_10'], phone: { digest: 'a1b2' } },
    },
    {
      id: 1,
      at: '2022-03-01 08:00',
      actor: '王伟',
      onBehalfOf: '赵刚',
      action: 'shared.sample.created',
      changes: {},
    },
  ],
  runningJob: { ...job, id: 1, state: 'running', progress_done: 3_200, progress_total: 20_000 },
  doneJob: { ...job, id: 2, state: 'done', progress_done: 20_000, progress_total: 20_000 },
  failedJob: {
    ...job,
    id: 3,
    state: 'failed',
    progress_done: 40,
    progress_total: 100,
    error: '{"key":"shared.errors.job_failed","params":{"reason":"EIO"}}',
  },
  picture:
    '<svg viewBox="0 0 300 60" role="presentation"><rect width="210" height="24" rx="4" fill="#b4232a"/><rect y="32" width="120" height="24" rx="4" fill="#c9a227"/></svg>',
}

/** For the picker: what a JSON route answers. */
export const samplePeople = [
  { value: 1, text: '张三', detail: '融媒体中心 · 总编室' },
  { value: 2, text: '张小红', detail: '外宣中心' },
  { value: 3, text: '李四', detail: '融媒体中心 · 技术部' },
]
