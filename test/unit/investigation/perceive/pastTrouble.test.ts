import assert from 'node:assert/strict';
import type { Findings } from '../../../../src/diagnosis/findings';
import { pastTrouble } from '../../../../src/investigation/perceive/pastTrouble';
import { compareOperations, operations } from '../../../../src/signals/traces/operations';
import { buildTraces } from '../../../../src/signals/traces/traceTree';
import { failure, metric, statement, template } from '../../../fakes/findings';
import { gathered } from '../../../fakes/gathered';
import { NOW_MS, ONSET_MS, stepped } from '../../../fakes/incidents';
import { span } from '../../../fakes/spans';

const MINUTE_MS = 60_000;
const BACK_MS = NOW_MS - 5 * MINUTE_MS;
const EARLY_MS = BACK_MS - MINUTE_MS;
const LATE_MS = BACK_MS + 3 * MINUTE_MS;
const nothing = { failures: [], templates: [], slow: [], repeats: [], metrics: [], during: [], before: [] };

type Seen = Partial<Pick<Findings, keyof typeof nothing>>;
const past = (seen: Seen, said: Findings['statements'] = [], recoveredAtMs: number | null = BACK_MS) => [
  ...pastTrouble({ ...nothing, ...seen }, said, gathered(), recoveredAtMs),
];

/** Requests that take so long, one a trace. */
const requests = (name: string, startMs: number, durationMs: number) =>
  buildTraces([1, 2, 3].map((at) => span({ traceId: `${name}${at}`, spanId: `${name}${at}`, startMs: startMs + at, durationMs })));

describe('pastTrouble', () => {
  it('holds errors, messages and statements that were last seen before the alert recovered', () => {
    const failures = [failure({ evidence: 'E1', lastSeenMs: EARLY_MS }), failure({ evidence: 'E2', lastSeenMs: LATE_MS })];
    const templates = [
      template('gone', { evidence: 'E3', lastSeenMs: EARLY_MS }),
      template('here', { evidence: 'E4', lastSeenMs: LATE_MS }),
    ];
    const said = [
      statement('lost', { evidence: 'E5', lastMs: EARLY_MS }),
      statement('lost again', { evidence: 'E6', lastMs: LATE_MS }),
      statement('the alert', { source: 'alert', evidence: 'E7', lastMs: EARLY_MS }),
    ];
    assert.deepEqual(past({ failures, templates }, said), ['E1', 'E3', 'E5']);
  });

  it('holds slow operations only while those after the recovery are as quick as before', () => {
    const before = requests('quiet', ONSET_MS - 20 * MINUTE_MS, 50);
    const slow = requests('slow', EARLY_MS, 900);
    const seen = (durationMs: number) => {
      const during = [...slow, ...requests('late', LATE_MS, durationMs)];
      const [operation] = compareOperations(operations(slow), operations(before));
      assert.ok(operation);
      return past({ during, before, slow: [{ operation, evidence: 'E8' }] });
    };
    assert.deepEqual(seen(52), ['E8']);
    assert.deepEqual(seen(900), []);
  });

  it('holds metrics whose latest values are at their usual level again', () => {
    const bad = stepped('shop.errors', 1, 40);
    const back = { ...bad, points: bad.points.map(([at, value]) => [at, at * 1000 >= BACK_MS ? 1 : value] as const) };
    const metrics = [metric('shop.errors', { series: back, evidence: 'E9' }), metric('shop.errors', { series: bad, evidence: 'E10' })];
    assert.deepEqual(past({ metrics }), ['E9']);
  });

  it('is empty while the alert has not recovered', () => {
    assert.deepEqual(past({ failures: [failure({ lastSeenMs: EARLY_MS })] }, [], null), []);
  });
});
