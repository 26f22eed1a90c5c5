import assert from 'node:assert/strict';
import { parseStack } from '../../../../src/code/frames/parseStack';
import { createFrameMapper } from '../../../../src/code/mapping';
import type { Findings } from '../../../../src/diagnosis/findings';
import { createRunningCommits } from '../../../../src/investigation/code/deployed';
import { failingPlaces } from '../../../../src/investigation/code/failingPlaces';
import { compareOperations, operations } from '../../../../src/signals/traces/operations';
import { repeatedCalls } from '../../../../src/signals/traces/repeats';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { failure, findings } from '../../../fakes/findings';
import { createRun } from '../../../fakes/gathered';
import { INNOCENT, PRICES, repository, STACK } from '../../../fakes/incidents';
import { span } from '../../../fakes/spans';

const find = (found: Findings, files: readonly string[] = []) =>
  failingPlaces(found, createFrameMapper([repository()]), createRunningCommits(found, []), createRun(), files);
const thrown = failure({ stack: parseStack(STACK), span: span({ spanId: 'a', meta: { 'git.commit.sha': INNOCENT } }) });
const origin = (file: string, line: number, type: 'entry' | 'exit') => ({
  '_dd.code_origin.type': type,
  '_dd.code_origin.frames.0.file': `/srv/app/${file}`,
  '_dd.code_origin.frames.0.line': String(line),
  '_dd.code_origin.frames.0.method': 'list',
});
const repeating = (exit: Record<string, string>) => {
  const calls = Array.from({ length: 9 }, (_, index) =>
    span({ spanId: `${index}`, parentId: 'p', name: 'sql', type: 'sql', resource: 'SELECT 1', startMs: index, meta: exit }),
  );
  const [call] = repeatedCalls(
    buildTraces([span({ spanId: 'p', resource: 'GET /list', meta: origin('shop/orders.js', 2, 'entry') }), ...calls]),
  );
  return { call: call!, before: 1, evidence: 'E7' };
};

describe('failingPlaces', () => {
  it('is the innermost own frame of the stack, at the commit that ran', async () => {
    const { place, commit, frames } = await find(findings({ failures: [thrown] }));
    assert.equal(commit, INNOCENT);
    assert.deepEqual([place?.location.file, place?.location.line, place?.isExact], [PRICES, 4, true]);
    assert.equal(place?.workspace?.root, '/shop');
    assert.deepEqual(
      frames.map(({ path, line }) => `${path}:${line}`),
      [`${PRICES}:4`, 'shop/orders.js:3'],
    );
  });

  it('follows errors of the first failing service before more frequent ones elsewhere', async () => {
    const elsewhere = failure({
      service: 'web',
      count: 99,
      stack: parseStack(STACK.replaceAll('prices.js:4', 'orders.js:1')),
      evidence: 'E8',
    });
    const { place } = await find(findings({ failures: [elsewhere, thrown] }));
    assert.equal(place?.location.file, PRICES);
  });

  it('follows repeated calls first when things are slow: to the handler, or to the very call where the tracer says it', async () => {
    const slow = { symptom: 'latency', failures: [thrown] } as const;
    const handler = (await find(findings({ ...slow, repeats: [repeating({})] }))).place;
    assert.deepEqual([handler?.location.file, handler?.location.line, handler?.isExact], ['shop/orders.js', 2, false]);
    const call = (await find(findings({ ...slow, repeats: [repeating(origin(PRICES, 5, 'exit'))] }))).place;
    assert.deepEqual([call?.location.file, call?.location.line, call?.isExact], [PRICES, 5, true]);
  });

  it('takes the handler of a slow operation', async () => {
    const traces = buildTraces([span({ spanId: 'a', durationMs: 900, meta: origin('shop/orders.js', 4, 'entry') })]);
    const [operation] = compareOperations(operations(traces), []);
    const { place } = await find(findings({ symptom: 'latency', slow: [{ operation: operation!, evidence: 'E6' }] }));
    assert.equal(place?.location.line, 4);
    assert.equal(place?.isExact, false);
  });

  it('is nowhere when no frame is in the workspace', async () => {
    const foreign = failure({ stack: parseStack('Error: x\n    at y (/srv/app/node_modules/lib/index.js:1:1)'), message: 'x' });
    const found = await find(findings({ failures: [foreign] }));
    assert.equal(found.place, null);
    assert.deepEqual(found.frames, []);
  });

  it('takes frames as they are printed where only a commit is known that changed the file, and only one', async () => {
    const printed = failure({ stack: parseStack('Error: x\n    at parts.total (/srv/releases/billing/total.js:7:1)') });
    const given = (...files: string[]) => find(findings({ failures: [printed] }), files).then(({ frames }) => frames);
    assert.deepEqual(await given('lib/tax.js', 'billing/total.js'), [{ path: 'billing/total.js', line: 7, function: 'parts.total' }]);
    assert.deepEqual(await given('total.js'), []);
    assert.deepEqual(await given('billing/total.js', 'releases/billing/total.js'), []);
  });
});
