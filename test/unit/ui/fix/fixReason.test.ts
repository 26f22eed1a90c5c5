import assert from 'node:assert/strict';
import { fixChoices, fixReason } from '../../../../src/ui/fix/fixReason';
import type { Run } from '../../../../src/ui/investigations';
import { beginSnapshot } from '../../../../src/ui/snapshotState';
import { sampleInvestigation, sha } from '../../../fakes/sampleInvestigation';

const other = 'b'.repeat(40);
const third = 'c'.repeat(40);
const sample = sampleInvestigation('/w');
const [hypothesis] = sample.hypotheses;
const [suspect] = sample.suspectCommits;
const run = (found: Run['snapshot']['found']): Run => ({
  target: { kind: 'monitor', id: 1 },
  subject: 'Monitor 1',
  repositories: ['/w'],
  link: 'https://app.datadoghq.com/monitors/1',
  snapshot: { ...beginSnapshot('run', 'Monitor 1', 0), found },
});

describe('what may be reverted for an investigation', () => {
  const found = {
    ...sample,
    hypotheses: [hypothesis!, { ...hypothesis!, id: 'H2', commit: other, confidence: 0.3 }, { ...hypothesis!, id: 'H3', commit: null }],
    suspectCommits: [suspect!, { ...suspect!, sha: third, score: 0.1, title: 'Third' }],
  };
  const commits = (id: string | null) => fixChoices(run(found), id).map(({ commit }) => commit);

  it('are the commits of the hypotheses, then other suspects, each once', () => {
    assert.deepEqual(commits(null), [sha, other, third]);
    assert.deepEqual(
      fixChoices(run(found), null).map(({ title, score }) => [title, score]),
      [
        ['Round totals', 0.82],
        ['', 0.3],
        ['Third', 0.1],
      ],
    );
  });

  it('are no commits that were weighed and found next to innocent', () => {
    const suspectCommits = [...found.suspectCommits, { ...suspect!, sha: 'd'.repeat(40), score: 0.001 }];
    assert.deepEqual(
      fixChoices(run({ ...found, suspectCommits }), null).map(({ commit }) => commit),
      [sha, other, third],
    );
  });

  it('begin with the hypothesis that was chosen', () => {
    assert.deepEqual(commits('H2'), [other, sha, third]);
  });

  it('are none when no commit is suspected', () => {
    assert.deepEqual(fixChoices(run({}), null), []);
    assert.deepEqual(fixChoices(run({ ...sample, hypotheses: [{ ...hypothesis!, commit: null }], suspectCommits: [] }), 'H1'), []);
  });
});

describe('what is kept of an investigation with a fix', () => {
  it('is the verdict, the hypothesis and the evidence that it names', () => {
    const [choice] = fixChoices(run(sample), 'H1');
    const reason = fixReason(run(sample), choice!);
    assert.deepEqual([reason.incident, reason.service, reason.verdict, reason.confidence], ['Checkout fails', 'checkout', 'code', 0.82]);
    assert.deepEqual(
      [reason.hypothesis, reason.place, reason.link],
      ['A change to total() throws', 'src/cart.js:3', 'https://app.datadoghq.com/monitors/1'],
    );
    assert.deepEqual(reason.evidenceFor, [
      {
        id: 'E1',
        summary: 'TypeError in total()',
        source: 'datadog',
        query: 'service:checkout status:error',
        link: 'https://app.datadoghq.com/logs?query=x',
      },
    ]);
  });

  it('has where each forecast ends, and leaves out one that is empty', () => {
    const forecast = {
      ...{ id: 'F1', title: 'Errors', metric: 'm', query: 'q', unit: '/s', intervalSec: 60, history: [], startSec: 0, threshold: 2 },
      ...{ p10: [1, 2], median: [3, 4], p90: [5, 6], breachInSec: 60, anomalyScore: 0 },
    } as never;
    const empty = { ...(forecast as object), median: [] } as never;
    const { forecasts } = fixReason(run({ ...sample, forecasts: [forecast, empty] }), fixChoices(run(sample), null)[0]!);
    assert.deepEqual(forecasts, [
      { title: 'Errors', unit: '/s', threshold: 2, breachInSec: 60, median: 4, p10: 2, p90: 6, horizonSec: 120 },
    ]);
  });

  it('says so when only the commit is suspected', () => {
    const found = { ...sample, hypotheses: [] };
    const reason = fixReason(run(found), fixChoices(run(found), null)[0]!);
    assert.match(reason.hypothesis, /^One of the commits that were weighed, with a score of 100 %$/);
    assert.deepEqual([reason.place, reason.evidenceFor, reason.service], [null, [], 'checkout']);
  });

  it('is something when hardly anything was found', () => {
    const choice = { commit: sha, title: '', hypothesis: null, score: 0.5 };
    const reason = fixReason(run({}), choice);
    assert.deepEqual([reason.incident, reason.verdict, reason.startedAt], ['Monitor 1', 'inconclusive', null]);
  });
});
