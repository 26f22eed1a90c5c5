import assert from 'node:assert/strict';
import { createSettableClock } from '../../../../src/sandbox/clock';
import { createStatsDIntake } from '../../../../src/sandbox/intake/statsDIntake';
import { createTelemetryStore } from '../../../../src/sandbox/store/telemetryStore';
import { ALWAYS, NOON_MS } from '../telemetry';

describe('the DogStatsD intake', () => {
  const setUp = () => {
    const clock = createSettableClock(NOON_MS + 3000);
    const store = createTelemetryStore({ clock });
    return { clock, store, take: createStatsDIntake(store) };
  };
  const value = ({ store }: ReturnType<typeof setUp>, metric: string, method: 'sum' | 'avg' | 'max' | 'count' = 'sum') =>
    store.metricSources(metric)[0]?.rollup(ALWAYS, 60, method)[0]?.[1];

  it('sums counters up over ten seconds and makes up for the sample rate', () => {
    const sandbox = setUp();
    sandbox.take('hits:1|c\nhits:2|c|@0.5');
    sandbox.clock.advance(2000);
    sandbox.take('hits:1:1|c');
    assert.deepEqual(sandbox.store.metricSources('hits')[0]?.rollup(ALWAYS, 10, 'sum'), [[NOON_MS / 1000, 7]]);
  });

  it('keeps the last value of a gauge', () => {
    const sandbox = setUp();
    sandbox.take('depth:5|g\ndepth:7|g');
    assert.equal(value(sandbox, 'depth', 'avg'), 7);
  });

  it('places values at their own time when they bring one', () => {
    const sandbox = setUp();
    sandbox.take(`depth:5|g|T${NOON_MS / 1000 - 100}`);
    assert.deepEqual(sandbox.store.metricSources('depth')[0]?.rollup(ALWAYS, 1, 'avg'), [[NOON_MS / 1000 - 100, 5]]);
  });

  it('counts the distinct members of a set', () => {
    const sandbox = setUp();
    sandbox.take('users:a|s\nusers:b|s\nusers:a|s');
    assert.equal(value(sandbox, 'users', 'avg'), 2);
    sandbox.clock.advance(60_000);
    sandbox.take('users:a|s');
    assert.deepEqual(
      sandbox.store
        .metricSources('users')[0]
        ?.rollup(ALWAYS, 10, 'avg')
        .map(([, count]) => count),
      [2, 1],
    );
  });

  it('lets a sampled observation of a distribution weigh more', () => {
    const sandbox = setUp();
    sandbox.take('size:10|d|@0.25\nsize:20|d');
    assert.equal(value(sandbox, 'size', 'count'), 5);
  });

  it('reduces timings as the agent does', () => {
    const sandbox = setUp();
    sandbox.take('took:10:30|ms');
    assert.equal(value(sandbox, 'took.avg', 'avg'), 20);
    assert.equal(sandbox.store.metricSources('took.max')[0]?.unit, 'millisecond');
  });

  it('turns events into changes and checks into gauges', () => {
    const sandbox = setUp();
    sandbox.take('_e{6,4}:Deploy|text|s:deploy|#service:shop,version:2\n_sc|db.up|2|#db:main');
    const [event] = [...sandbox.store.events(ALWAYS)];
    assert.deepEqual([event?.change.kind, event?.change.service, event?.change.version], ['deployment', 'shop', '2']);
    assert.equal(value(sandbox, 'db.up', 'max'), 2);
  });

  it('says what it could not read', () => {
    assert.equal(setUp().take('nonsense').length, 1);
  });
});
