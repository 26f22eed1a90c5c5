import assert from 'node:assert/strict';
import { crashLoop } from '../../../../src/diagnosis/analysers/crashLoop';
import { code, findings, statement, workload } from '../../../fakes/findings';

const look = (given: Parameters<typeof findings>[0]) => crashLoop.look(findings(given), { culprits: [], code: code() });
const looping = workload('a', { isReady: false, restarts: 5, reason: 'CrashLoopBackOff', text: 'Pod a is not ready, 5 restarts' });

describe('crashLoop', () => {
  it('blames the program where its last words are an error of its own', () => {
    const { explanations, check } = look({ workloads: [looping], statements: [statement('panic: nil pointer dereference')] });
    assert.equal(explanations[0]?.kind, 'code_defect');
    assert.deepEqual(explanations[0]?.evidenceFor, ['E60', 'E80']);
    assert.ok(check.isInteresting);
  });

  it('leaves memory, settings and names to their own analysers', () => {
    for (const text of ['fatal: heap out of memory', 'fatal: required env var X is not set', 'fatal: getaddrinfo ENOTFOUND db'])
      assert.deepEqual(look({ workloads: [looping], statements: [statement(text)] }).explanations, []);
  });

  it('is ruled out by what is left of an older version, and not checked without pods', () => {
    const old = { ...looping, isLeaving: true };
    assert.match(look({ workloads: [old, workload('b')] }).ruledOut[0]?.reason ?? '', /being removed after a rollout/);
    assert.deepEqual(look({}).ruledOut, []);
    assert.equal(look({}).check.unchecked.length, 1);
  });
});
