import assert from 'node:assert/strict';
import type { Findings } from '../../../src/diagnosis/findings';
import type { Hypothesis } from '../../../src/domain/hypothesis';
import { type NextQueryInput, nextQuery } from '../../../src/investigation/nextQuery';
import { failure, findings, metric, ONSET_MS } from '../../fakes/findings';

const SHA = 'c0ffee1'.padEnd(40, '0');
const window = { fromMs: ONSET_MS - 3_600_000, toMs: ONSET_MS + 600_000 };

function ask(given: Partial<Hypothesis>, found: Findings = findings(), input: Partial<NextQueryInput> = {}) {
  const hypothesis: Hypothesis = {
    id: 'H1',
    title: '',
    service: 'shop',
    kind: 'localised_fault',
    confidence: 0.5,
    commit: null,
    location: null,
    workspace: null,
    evidenceFor: [],
    evidenceAgainst: [],
    missing: [],
    confidenceFactors: [],
    ...given,
  };
  return nextQuery(hypothesis, {
    findings: found,
    code: { hasRepository: true },
    env: 'prod',
    alertQuery: 'avg:shop.error_rate{service:shop}',
    window,
    telemetry: { linkTo: (target) => `https://example.org/${target.kind}?${'query' in target ? target.query : ''}` },
    ...input,
  });
}

const withStack = failure({ stack: [{ type: 'TypeError', message: 'x', relation: null, frames: [] }] });

describe('nextQuery', () => {
  it('asks for stack traces where errors have none, with a link to the same', () => {
    assert.deepEqual(ask({}, findings({ failures: [failure()] })), {
      title: 'Look for errors of shop with a stack trace',
      source: 'logs',
      query: 'service:shop env:prod @error.stack:*',
      link: 'https://example.org/logs?service:shop env:prod @error.stack:*',
    });
  });

  it('asks for the requests of a place that no span tells of', () => {
    const next = ask({}, findings({ failures: [withStack] }), { env: null });
    assert.deepEqual([next?.source, next?.query], ['spans', 'service:shop']);
  });

  it('asks Git about a commit, and who holds it where no repository is open', () => {
    const found = findings({ failures: [withStack] });
    assert.equal(ask({ kind: 'code_change', commit: SHA }, found)?.query, `git log --oneline ${SHA}..HEAD`);
    const closed = ask({ kind: 'code_change', commit: SHA }, found, { code: { hasRepository: false } });
    assert.deepEqual(closed, {
      title: 'Read what commit c0ffee1 changed, in the repository that holds it',
      source: 'code',
      query: `git show ${SHA}`,
      link: null,
    });
    assert.equal(ask({ kind: 'code_change', commit: SHA }, findings({ failures: [failure()] }))?.source, 'logs');
  });

  it('asks a person about what others run', () => {
    const next = ask({ kind: 'dependency_outage', missing: ['whether bank reports trouble'] });
    assert.deepEqual(next, { title: 'Find out whether bank reports trouble', source: 'person', query: '', link: null });
    assert.match(ask({ kind: 'infrastructure_outage', service: null })?.title ?? '', /the service calls/);
  });

  it('splits the resource that ran out by host, and asks what explains it where none is measured', () => {
    const found = findings({
      metrics: [
        metric('cpu.usage_percent', { score: 9 }),
        { ...metric('memory.used_percent', { score: 5 }), evidence: 'E7' },
        metric('hits'),
      ],
    });
    const next = ask({ kind: 'resource_exhaustion', evidenceFor: ['E7'] }, found);
    assert.deepEqual([next?.source, next?.query], ['metrics', 'max:memory.used_percent{service:shop,env:prod} by {host}']);
    const settles = { kind: 'resource_exhaustion', missing: ['what holds the memory: a heap profile'] };
    assert.deepEqual([ask(settles)?.source, ask(settles)?.title], ['person', 'Find out what holds the memory: a heap profile']);
    assert.equal(
      ask(
        { kind: 'resource_exhaustion', service: 'a{b}', evidenceFor: ['E7'] },
        findings({ metrics: [{ ...metric('cpu.usage_percent', { service: 'a{b}' }), service: 'a{b}', evidence: 'E7' }] }),
      )?.source,
      'person',
    );
  });

  it('asks who changed the settings, who sends the traffic, and whether calm lasts', () => {
    assert.deepEqual(
      [ask({ kind: 'feature_flag' })?.source, ask({ kind: 'configuration_change', service: null })?.query],
      ['changes', 'env:prod'],
    );
    assert.match(ask({ kind: 'traffic_surge' })?.title ?? '', /by client and route$/);
    assert.equal(ask({ kind: 'healthy' })?.query, 'avg:shop.error_rate{service:shop}');
    assert.equal(ask({ kind: 'healthy' }, findings(), { alertQuery: null }), null);
    assert.equal(ask({ service: null })?.source, 'metrics');
  });

  it('lets no name out of its place in the query or the title', () => {
    const next = ask({ service: 'shop) OR *:* (\n"x' }, findings(), { env: null });
    assert.equal(next?.query, 'service:"shop) OR *:* ( \\"x"');
    assert.ok(next && !next.title.includes('\n') && next.title.length <= 160);
  });
});
