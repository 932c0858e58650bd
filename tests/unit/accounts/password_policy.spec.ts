import { test } from '@japa/runner'
import { isExpired, passwordProblems, POLICIES } from '#accounts/domain/password_policy'

test.group('Password policy', () => {
  const cases: Array<[keyof typeof POLICIES, string, string[]]> = [
    ['mlps', 'Xiaohe-2026-shan', []],
    ['mlps', 'xiaoheshanliu', ['too_simple']],
    ['mlps', 'Xh-2026', ['too_short']],
    ['mlps', 'Password2026', ['common']],
    ['mlps', 'Zhangwei-2026', ['contains_name']],
    ['asvs', 'correct horse battery', []],
    ['asvs', 'correct 马', ['too_short']],
    ['asvs', 'aaaaaaaaaaaaaa', ['repeated']],
  ]
  for (const [policy, password, problems] of cases) {
    test(`${policy}: ${password} → ${problems.join(', ') || 'accepted'}`, ({ assert }) => {
      assert.deepEqual(passwordProblems(password, POLICIES[policy], ['zhangwei', '张伟']), problems)
    })
  }

  test('rotation is asked by mlps after 90 days and never by asvs', ({ assert }) => {
    assert.isFalse(isExpired('2026-01-01', '2026-04-01', POLICIES.mlps))
    assert.isTrue(isExpired('2026-01-01', '2026-04-02', POLICIES.mlps))
    assert.isFalse(isExpired('2020-01-01', '2026-04-02', POLICIES.asvs))
  })
})
