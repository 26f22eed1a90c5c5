import assert from 'node:assert/strict';
import { timedOut } from '../../../../src/domain/errors';
import { listed, spanChecks } from '../../../../src/investigation/setup/spanChecks';
import { plainSpan, SETUP_NOW_MS, setupFacts, taggedSpan } from '../../../fakes/setupFacts';

const checked = (given: Parameters<typeof setupFacts>[0]) => {
  const [timeRange, sampling, gitTags, codeOrigin] = spanChecks(setupFacts(given));
  assert.ok(timeRange && sampling && gitTags && codeOrigin);
  return { timeRange, sampling, gitTags, codeOrigin };
};

describe('checks of the spans', () => {
  it('are content with fresh spans that name commit and code', () => {
    const checks = Object.values(checked({}));
    assert.deepEqual(
      checks.map(({ id, status, fix }) => [id, status, fix]),
      ['timeRange', 'sampling', 'gitTags', 'codeOrigin'].map((id) => [id, 'ok', null]),
    );
    assert.match(checks[0]?.detail ?? '', /^Datadog has spans of 1 service, seen in the newest 1\.$/);
  });

  it('find a problem where the last day has no span, and point at the environment where one is set', () => {
    const { timeRange, gitTags, codeOrigin } = checked({ spans: [], isFromLastHour: false });
    assert.deepEqual([timeRange.status, timeRange.fix], ['problem', null]);
    assert.deepEqual([gitTags.status, codeOrigin.status], ['unknown', 'unknown']);
    const ofEnv = checked({ spans: [], env: 'stagng' }).timeRange;
    assert.match(ofEnv.detail, /^Datadog has no span of the environment "stagng" of the last day\./);
    assert.deepEqual(ofEnv.fix, { kind: 'setting', title: 'Change the environment', key: 'aidog.datadog.env' });
  });

  it('warn where only the hours before had spans, and say how old the newest is', () => {
    const old = [taggedSpan({ startMs: SETUP_NOW_MS - 3 * 3_600_000 }), taggedSpan({ startMs: SETUP_NOW_MS - 5 * 3_600_000 })];
    const { timeRange } = checked({ spans: old, isFromLastHour: false });
    assert.equal(timeRange.status, 'warning');
    assert.match(timeRange.detail, /the newest, of 1 service, is 3 h\b.* old\.$/);
  });

  it('know nothing about spans that could not be read', () => {
    const { timeRange } = checked({ spans: [], spansFailure: timedOut('Datadog', 20) });
    assert.equal(timeRange.status, 'unknown');
    assert.match(timeRange.detail, /did not answer/);
  });

  it('warn where most requests left no span, and explain why that matters', () => {
    const { sampling } = checked({ sampling: { service: 'shop', counted: 1000, seen: 100 } });
    assert.deepEqual([sampling.status, sampling.fix?.kind], ['warning', 'page']);
    assert.match(sampling.detail, /^Only 10\s?% of the 1,?000 requests that shop counted/);
    assert.equal(checked({ sampling: { service: 'shop', counted: 100, seen: 250 } }).sampling.status, 'ok');
  });

  it('do not guess about sampling where nothing was counted', () => {
    assert.equal(checked({ sampling: null }).sampling.status, 'unknown');
    assert.equal(checked({ sampling: { service: 'shop', counted: 0, seen: 3 } }).sampling.status, 'unknown');
  });

  it('count a service as tagged as soon as one of its spans is', () => {
    const spans = [taggedSpan(), plainSpan({ meta: {} }), plainSpan({ meta: {} })];
    const { gitTags, codeOrigin } = checked({ spans });
    assert.deepEqual([gitTags.status, codeOrigin.status], ['ok', 'ok']);
  });

  it('name the services that lack a tag where others have it, with what to set', () => {
    const spans = [taggedSpan({ service: 'shop' }), plainSpan({ service: 'mail', meta: {} })];
    const { gitTags, codeOrigin } = checked({ spans });
    assert.equal(gitTags.detail, 'The spans of mail do not name the commit that runs (git.commit.sha); those of others do.');
    assert.ok(gitTags.fix?.kind === 'read' && gitTags.fix.text.includes('DD_GIT_COMMIT_SHA'));
    assert.ok(codeOrigin.fix?.kind === 'read' && codeOrigin.fix.text.includes('DD_CODE_ORIGIN_FOR_SPANS_ENABLED'));
    const none = checked({ spans: [plainSpan({ meta: {} })] });
    assert.equal(none.gitTags.detail, 'No span names the commit that runs (git.commit.sha).');
    assert.deepEqual([none.gitTags.status, none.codeOrigin.status], ['warning', 'warning']);
  });

  it('list five names at most', () => {
    assert.equal(listed(['a', 'b']), 'a, b');
    assert.equal(listed(['a', 'b', 'c', 'd', 'e', 'f', 'g']), 'a, b, c, d, e and 2 more');
  });
});
