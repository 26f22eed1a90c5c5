import assert from 'node:assert/strict';
import { AppError } from '../../../src/domain/errors';
import type { InvestigationTarget } from '../../../src/protocol/investigationTarget';
import { Investigations, type Run } from '../../../src/ui/investigations';
import { beginSnapshot } from '../../../src/ui/snapshotState';
import { createFakeEngine, sampleInvestigation } from '../../fakes/sampleInvestigation';

const silent = { info: () => undefined, error: () => undefined };
const target: InvestigationTarget = { kind: 'monitor', id: 1 };
const request = { target, subject: 'Checkout', repositories: ['/w'], link: null };
const never = () => new Promise(() => undefined);

function open(investigate: (params: unknown, signal?: AbortSignal) => unknown = never) {
  const engine = createFakeEngine({ investigate });
  const investigations = new Investigations(engine, { nowMs: () => 1000 }, silent);
  const changes: Run[] = [];
  investigations.onDidChange((run) => changes.push(run));
  return { engine, investigations, changes };
}

describe('the investigations of a session', () => {
  it('have a snapshot to show before the engine says anything', () => {
    const { investigations, changes } = open();
    const run = investigations.start(request);
    assert.deepEqual([run.snapshot.status, run.snapshot.subject], ['running', 'Checkout']);
    assert.equal(changes.length, 1);
    assert.equal(investigations.latest, run);
  });

  it('send what is asked for to the engine and keep its answer', async () => {
    const { engine, investigations } = open(async () => sampleInvestigation('/w'));
    const run = investigations.start(request);
    const ended = await investigations.ended(run);
    assert.deepEqual(engine.asked[0]!.params, { runId: run.snapshot.runId, target, repositories: ['/w'] });
    assert.equal(ended.snapshot.status, 'done');
    assert.equal(ended.snapshot.found.verdict, 'code');
    assert.equal(investigations.latest, ended);
  });

  it('follow progress while they run', async () => {
    const { engine, investigations } = open();
    const { runId } = investigations.start(request).snapshot;
    engine.tell(runId, { kind: 'found', found: { verdict: 'external' } });
    assert.equal(investigations.get(runId)?.snapshot.found.verdict, 'external');
  });

  it('end with the sentence of the error and with what was found', async () => {
    const { engine, investigations } = open(() => Promise.reject(new AppError('not_found', 'There is no monitor 1.')));
    const run = investigations.start(request);
    engine.tell(run.snapshot.runId, { kind: 'found', found: { verdict: 'external' } });
    const { snapshot } = await investigations.ended(run);
    assert.deepEqual([snapshot.status, snapshot.problem, snapshot.found.verdict], ['failed', 'There is no monitor 1.', 'external']);
  });

  it('can be cancelled, which calls the engine off', async () => {
    let signal: AbortSignal | undefined;
    const { investigations } = open((_, given) => {
      signal = given;
      return never();
    });
    const run = investigations.start(request);
    await new Promise(setImmediate);
    investigations.cancel(run.snapshot.runId);
    assert.equal((await investigations.ended(run)).snapshot.status, 'cancelled');
    assert.equal(signal?.aborted, true);
  });

  it('give way to the next one', async () => {
    const { investigations } = open();
    const first = investigations.start(request);
    const second = investigations.start(request);
    assert.equal((await investigations.ended(first)).snapshot.status, 'cancelled');
    assert.equal(investigations.get(second.snapshot.runId)?.snapshot.status, 'running');
  });

  it('remember the last ten', () => {
    const { investigations } = open();
    const started = Array.from({ length: 12 }, () => investigations.start(request).snapshot.runId);
    assert.deepEqual(
      investigations.runs.map(({ snapshot }) => snapshot.runId),
      started.toReversed().slice(0, 10),
    );
  });

  it('take in one of an earlier session, and wait for none of it', async () => {
    const { investigations } = open();
    const run = { ...request, snapshot: { ...beginSnapshot('old', 'Old', 0), status: 'done' as const } };
    investigations.restore(run);
    investigations.restore({ ...run, subject: 'Other' });
    assert.equal(investigations.latest?.subject, 'Checkout');
    assert.equal((await investigations.ended(run)).snapshot.runId, 'old');
  });

  it('take in what a forecast series did since, of a run that they know', async () => {
    const { investigations } = open(async () => sampleInvestigation('/w'));
    const { snapshot } = await investigations.ended(investigations.start(request));
    const actuals = { points: [[60, 1] as const], readAtMs: 5, problem: null };
    investigations.keepActuals(snapshot.runId, 'F1', actuals);
    investigations.keepActuals('unknown', 'F1', actuals);
    assert.deepEqual(investigations.latest?.snapshot, { ...snapshot, actuals: { F1: actuals } });
  });

  it('follow what language models take while they run, and no longer', async () => {
    const { engine, investigations } = open();
    const run = investigations.start(request);
    const { runId } = run.snapshot;
    const spending = {
      requests: 2,
      tokens: 900,
      tokensLimit: 1000,
      costUsd: 0,
      costLimitUsd: null,
      isCostKnown: true,
      seconds: 3,
      secondsLimit: 60,
    };
    engine.tellSpending(runId, spending);
    assert.deepEqual(investigations.latest?.snapshot.spending, spending);
    investigations.cancel(runId);
    await investigations.ended(run);
    engine.tellSpending(runId, { ...spending, requests: 3 });
    assert.equal(investigations.latest?.snapshot.spending?.requests, 2);
  });

  it('call off what runs when they are disposed', async () => {
    const { investigations } = open();
    const run = investigations.start(request);
    investigations.dispose();
    assert.equal((await investigations.ended(run)).snapshot.status, 'cancelled');
  });
});
