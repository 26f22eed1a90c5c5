import assert from 'node:assert/strict';
import type { Gathered } from '../../../../src/investigation/gathered';
import { readSources } from '../../../../src/investigation/perceive/readSources';
import { EVENT_LIMIT } from '../../../../src/investigation/queries';
import { callGraph } from '../../../../src/signals/topology';
import { createRun, gathered } from '../../../fakes/gathered';
import { said } from '../../../fakes/miniIncidents/world';
import { series } from '../../../fakes/spans';

const answer = (count: number) => ({ query: '*', items: Array.from({ length: count }, () => said(1, 'x')) });
const graph = callGraph({ web: ['shop'] });
const read = (given: Partial<Gathered>, run = createRun()) => readSources(gathered(given), graph, run);
const metric = (query: string, ...services: readonly string[]) => ({
  query,
  series: services.map((service) => series([1], { metric: query, tags: [`service:${service}`] })),
});

describe('readSources', () => {
  it('tells what is quiet from what is not there', () => {
    assert.equal(read({ quietLogs: answer(3) }).logs.state, 'read', 'silent during the incident, and so it says something');
    assert.deepEqual(read({}).logs, { state: 'absent', share: 0 });
  });

  it('tells what failed from what is not there', () => {
    const run = createRun();
    run.leaveOut('Error logs', 'datadog.errorLogs');
    run.leaveOut('Changes', 'datadog.changes');
    const { logs, changes, spans } = read({}, run);
    assert.deepEqual([logs.state, changes.state, spans.state], ['failed', 'failed', 'absent']);
    const part = read({ logs: answer(3) }, run).logs;
    assert.ok(part.state === 'partly' && part.share > 0.5 && part.share < 1);
  });

  it('knows that errors beyond the limit of a search were not read', () => {
    const { logs } = read({ errorLogs: answer(EVENT_LIMIT), logs: answer(3) });
    assert.ok(logs.state === 'partly' && logs.share < 1);
    assert.equal(read({ errorLogs: answer(3), logs: answer(EVENT_LIMIT) }).logs.state, 'read', 'a sample of all the others is enough');
  });

  it('sees which services lack a metric that most report', () => {
    const names = ['web', 'shop', 'stock', 'bank'];
    assert.equal(read({ metrics: [metric('cpu', ...names), metric('memory', ...names), metric('queue', 'bank')] }).metrics.share, 1);
    const { state, share } = read({ metrics: [metric('cpu', ...names), metric('memory', 'web', 'shop', 'stock')] }).metrics;
    assert.ok(state === 'partly' && share > 0.9 && share < 1);
    const less = read({ metrics: [metric('cpu', 'web', 'shop', 'stock'), metric('memory', 'shop', 'stock', 'bank')] }).metrics;
    assert.ok(less.share < share);
    assert.equal(read({}).metrics.state, 'absent');
  });

  it('takes calls that only sampled traces show for a part of them', () => {
    assert.equal(read({ dependencies: { web: ['shop'] } }).calls.share, 1);
    const { share } = read({}).calls;
    assert.ok(share > 0 && share < 1);
    assert.equal(readSources(gathered(), callGraph({}), createRun()).calls.state, 'absent');
  });
});
