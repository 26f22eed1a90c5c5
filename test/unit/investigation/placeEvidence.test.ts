import assert from 'node:assert/strict';
import type { Localisation, Sign } from '../../../src/diagnosis/localisation/sign';
import { writePlace } from '../../../src/investigation/placeEvidence';
import { findings, metric } from '../../fakes/findings';
import { createRun, gathered } from '../../fakes/gathered';

const sign = (given: Partial<Sign> = {}): Sign => ({
  service: 'db',
  kind: 'saturation',
  score: 0.9,
  reason: 'cpu.usage rose from 5 % to 30 %',
  evidence: null,
  ...given,
});
const localisation = (...signs: readonly Sign[]): Localisation => ({
  culprits: [{ service: 'db', score: 0.8 }],
  best: { service: 'db', isPathVerified: true, margin: 1, signs },
});
const found = findings({ metrics: [metric('cpu.usage', { service: 'db', query: 'avg:cpu.usage{service:db}', evidence: null })] });

describe('writePlace', () => {
  it('writes down the plainest signs of a place of which nothing was written, with the query that shows them', () => {
    const run = createRun();
    const calls = sign({ kind: 'missing_calls', reason: 'it no longer calls mail' });
    const { best } = writePlace(localisation(sign(), calls, sign()), found, gathered({ spans: { query: 'service:shop', items: [] } }), run);
    assert.deepEqual(
      best?.signs.map(({ evidence }) => evidence),
      ['E1', 'E2', null],
    );
    assert.deepEqual(
      run.evidence.all().map(({ kind, query, summary }) => [kind, query, summary]),
      [
        ['metric', 'avg:cpu.usage{service:db}', 'db: cpu.usage rose from 5 % to 30 %.'],
        ['spans', 'service:shop', 'db: it no longer calls mail.'],
      ],
    );
  });

  it('adds nothing where a sign was written down already', () => {
    const run = createRun();
    const given = localisation(sign({ evidence: 'E7' }), sign());
    assert.equal(writePlace(given, found, gathered(), run), given);
    assert.deepEqual(run.evidence.all(), []);
  });

  it('takes neither where a service stands nor what is hardly to be seen for a fact', () => {
    const run = createRun();
    const weak = [sign({ score: 0.1 }), sign({ kind: 'path' }), sign({ kind: 'alerting' }), sign({ reason: 'something else rose' })];
    assert.ok(writePlace(localisation(...weak), found, gathered(), run).best?.signs.every(({ evidence }) => evidence === null));
    assert.deepEqual(run.evidence.all(), []);
    assert.equal(writePlace({ culprits: [], best: null }, found, gathered(), run).best, null);
  });
});
