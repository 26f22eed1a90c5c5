import assert from 'node:assert/strict';
import { silentCalls } from '../../../src/signals/silentCalls';
import { series } from '../../fakes/spans';

const MINUTE_MS = 60_000;
const baseline = { fromMs: 0, toMs: 10 * MINUTE_MS };
const incident = { fromMs: 10 * MINUTE_MS, toMs: 14 * MINUTE_MS };
const busy = Array<number>(14).fill(5);
const until = (minute: number) => busy.map((value, at) => (at < minute ? value : null));
const call = (caller: string, callee: string, values: readonly (number | null)[], end = 'client') =>
  series(values, {
    metric: `edge.${end}.latency`,
    tags: end === 'client' ? [`service:${caller}`, `peer.service:${callee}`] : [`service:${callee}`, `peer.service:${caller}`],
  });
const found = (...all: ReturnType<typeof call>[]) =>
  silentCalls(all, baseline, incident).map(({ caller, callee }) => `${caller} ${callee}`);

describe('silentCalls', () => {
  it('finds a call that ceased while its caller calls others', () => {
    assert.deepEqual(found(call('shop', 'stock', busy), call('shop', 'mail', until(10))), ['shop mail']);
  });

  it('tells once of a call that both ends measure', () => {
    const ends = [call('shop', 'mail', until(10)), call('shop', 'mail', until(10), 'server')];
    assert.deepEqual(found(call('shop', 'stock', busy), ...ends), ['shop mail']);
  });

  it('lets one value in, as of an onset that is placed early', () => {
    assert.deepEqual(found(call('shop', 'stock', busy), call('shop', 'mail', until(11))), ['shop mail']);
    assert.deepEqual(found(call('shop', 'stock', busy), call('shop', 'mail', until(12))), []);
  });

  it('says nothing of a caller that calls nobody any more', () => {
    assert.deepEqual(found(call('web', 'shop', busy), call('shop', 'stock', until(10)), call('shop', 'mail', until(10))), []);
  });

  it('says nothing of calls that are rare anyway, and of series without both ends', () => {
    const rare = busy.map((_, at) => (at % 5 === 0 && at < 10 ? 5 : null));
    assert.deepEqual(found(call('shop', 'stock', busy), call('shop', 'mail', rare)), []);
    assert.deepEqual(found(call('shop', 'stock', busy), series(until(10), { metric: 'edge.client.latency', tags: ['service:shop'] })), []);
    assert.deepEqual(silentCalls([], baseline, incident), []);
  });
});
