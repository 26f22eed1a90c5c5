import assert from 'node:assert/strict';
import { parseMonitorQuery } from '../../../../src/investigation/monitorQuery';
import { alertStateOf, alertWords, chartsOf, recoveredAt, symptomOf, writeAlert } from '../../../../src/investigation/perceive/alertState';
import { createRun, gathered } from '../../../fakes/gathered';
import { deployment, GUILTY, NOW_MS, ONSET_MS, stepped } from '../../../fakes/incidents';

const base = gathered();
const withQuery = (query: string) => ({ ...base.opening, query: parseMonitorQuery(query) });
const state = (series: ReturnType<typeof stepped> | null, query = 'avg(last_5m):avg:shop.error_rate{*} > 5') =>
  alertStateOf(gathered({ fineSeries: series, opening: withQuery(query) }));
const ANOMALY = "avg(last_5m):anomalies(avg:shop.error_rate{*}, 'basic', 2) >= 1";

/** Broken for five minutes, then back. */
const recovered = () => {
  const series = stepped('shop.error_rate', 1, 40);
  return { ...series, points: series.points.map(([at, value]) => [at, at * 1000 > NOW_MS - 300_000 ? 1 : value] as const) };
};

describe('alertStateOf', () => {
  it('holds the latest values against the threshold', () => {
    assert.equal(state(stepped('shop.error_rate', 1, 40)), 'active');
    assert.equal(state(recovered()), 'recovered');
    assert.equal(state(stepped('shop.error_rate', 1, 2)), 'quiet');
  });

  it('knows thresholds from below', () => {
    assert.equal(state(stepped('shop.success', 99, 60), 'avg(last_5m):avg:shop.success{*} < 90'), 'active');
    assert.equal(state(stepped('shop.success', 99, 98), 'avg(last_5m):avg:shop.success{*} < 90'), 'quiet');
  });

  it('holds them against the quiet hour where there is no threshold', () => {
    assert.equal(state(stepped('shop.error_rate', 1, 40), ANOMALY), 'active');
    assert.equal(state(recovered(), ANOMALY), 'recovered');
    assert.equal(state(stepped('shop.error_rate', 1, 1), ANOMALY), 'quiet');
  });

  it('believes a deviation monitor that a small but unusual move is one', () => {
    const latency = { unit: 'millisecond' };
    assert.equal(state(stepped('shop.latency', 100, 135, latency), ANOMALY), 'active');
    assert.equal(state(stepped('shop.availability', 100, 90), ANOMALY), 'active');
    assert.equal(state(stepped('shop.latency', 100, 103, latency), ANOMALY), 'quiet');
  });

  it('takes trouble that comes and goes for over only when it stays away longer than it did before', () => {
    const series = stepped('shop.error_rate', 1, 40);
    const bursts = (minutes: readonly number[]) => ({
      ...series,
      points: series.points.map(([at, value]) => {
        const ago = Math.round((NOW_MS - at * 1000) / 60_000);
        return [at, value === 1 || minutes.includes(ago) ? value : 1] as const;
      }),
    });
    assert.equal(state(bursts([4, 10])), 'active');
    assert.equal(state(bursts([6, 8])), 'recovered');
  });

  it('takes a limit within the usual range for too tight, but not one that is crossed all along', () => {
    const ripple = (around: number) => {
      const series = stepped('shop.error_rate', 1, 1);
      return { ...series, points: series.points.map(([at], index) => [at, around + (index % 5) * 0.1] as const) };
    };
    assert.equal(state(ripple(4.65)), 'quiet');
    assert.equal(state(ripple(6)), 'active');
  });

  it('cannot tell without values', () => {
    assert.equal(state(null), 'unknown');
    assert.equal(state({ ...stepped('shop.error_rate', 1, 1), points: [] }), 'unknown');
  });
});

describe('recoveredAt', () => {
  it('is the first value after the last bad one, of a metric that came back', () => {
    const at = recoveredAt(gathered({ fineSeries: recovered(), opening: withQuery('avg(last_5m):avg:shop.error_rate{*} > 5') }));
    const first = recovered().points.find(([sec]) => sec * 1000 > NOW_MS - 300_000);
    assert.equal(at, (first?.[0] ?? 0) * 1000);
  });

  it('is nothing while the metric is beyond its limit', () => {
    assert.equal(recoveredAt(gathered({ fineSeries: stepped('shop.error_rate', 1, 40) })), null);
  });
});

describe('symptomOf', () => {
  const symptom = (query: string) => symptomOf(gathered({ opening: withQuery(query) }));

  it('is what the alert watches', () => {
    assert.equal(symptom('avg(last_5m):sum:trace.web.errors{*}.as_count() / sum:trace.web.hits{*}.as_count() > 1'), 'errors');
    assert.equal(symptom('avg(last_5m):p95:trace.express.request{*} > 1'), 'latency');
  });

  it('is what its words say where it watches no metric', () => {
    const alert = { ...base.opening.alert, metric: null, title: 'Checkout latency', summary: '' };
    assert.equal(symptomOf(gathered({ opening: { ...base.opening, query: null, alert } })), 'latency');
    assert.equal(symptomOf(gathered({ opening: { ...base.opening, query: null, alert: { ...alert, title: 'Hm' } } })), 'unknown');
  });
});

describe('alertWords', () => {
  const words = (series: ReturnType<typeof stepped> | null, query: string, found: Parameters<typeof alertWords>[1] = 'active') =>
    alertWords(gathered({ fineSeries: series, opening: withQuery(query) }), found);
  const P95 = 'avg(last_1m):p95:trace.express.request{service:shop} > 0.04';

  it('tell the latency that the alert is about, with numbers', () => {
    assert.match(
      words(stepped('trace.express.request', 0.02, 0.18, { unit: 'second' }), P95) ?? '',
      /^p95 latency of shop rose from 20\.4 ms to 187 ms at worst$/,
    );
  });

  it('tell errors divided by requests as a share', () => {
    const ratio = 'sum(last_1m):sum:trace.web.errors{*}.as_count() / sum:trace.web.hits{*}.as_count() > 0.1';
    const series = { ...stepped('trace.web.errors', 0, 0.5), unit: null };
    assert.match(words(series, ratio) ?? '', /^share of failing requests of shop rose from 0 % to \d\d %/);
  });

  it('name the metric where it is of another kind, and which way it went', () => {
    const free = 'avg(last_1m):avg:shop.free_slots{*} < 5';
    assert.match(words(stepped('shop.free_slots', 90, 2), free) ?? '', /^shop\.free_slots of shop fell from 92 % to 2 % at worst$/);
  });

  it('are none where the metric did not leave its range or was not read', () => {
    assert.equal(words(stepped('trace.express.request', 0.02, 0.18), P95, 'quiet'), null);
    assert.equal(words(null, P95), null);
    assert.equal(words({ ...stepped('trace.express.request', 1, 2), points: [] }, P95), null);
  });
});

describe('writeAlert', () => {
  it('writes the monitor and how its metric went, with numbers and units', () => {
    const run = createRun();
    const ids = writeAlert(gathered({ fineSeries: stepped('shop.error_rate', 1, 40) }), 'active', run);
    const [monitor, metric] = run.evidence.all();
    assert.deepEqual(ids, ['E1', 'E2']);
    assert.equal(monitor?.query, 'avg(last_5m):avg:shop.error_rate{service:shop} > 5');
    assert.equal(
      metric?.summary,
      'The alerting metric is beyond its usual range: median 1 % before, at worst 42 % since the incident began; the threshold is 5 %.',
    );
    assert.equal(metric.query, 'avg:shop.error_rate{service:shop}');
  });

  it('writes that no monitor alerts where that is known, and nothing where it is not', () => {
    const quiet = { ...base.opening, monitor: null, alert: { ...base.opening.alert, summary: 'No monitor of shop is alerting.' } };
    const [told, untold] = [createRun(), createRun()];
    writeAlert(gathered({ opening: { ...quiet, isAlerting: false } }), 'unknown', told);
    writeAlert(gathered({ opening: { ...quiet, isAlerting: null } }), 'unknown', untold);
    assert.equal(told.evidence.all()[0]?.summary, 'No monitor of shop is alerting.');
    assert.deepEqual(untold.evidence.all(), []);
  });

  it('shows the value furthest from the usual where no threshold says which side is bad', () => {
    const run = createRun();
    writeAlert(gathered({ fineSeries: stepped('shop.availability', 100, 60), opening: withQuery(ANOMALY) }), 'active', run);
    assert.match(run.evidence.all()[1]?.summary ?? '', /at worst 60 %/);
  });

  it('says that there is no data rather than zero', () => {
    const run = createRun();
    writeAlert(gathered({ fineSeries: { ...stepped('x', 1, 1), points: [] } }), 'unknown', run);
    assert.match(run.evidence.all()[1]?.summary ?? '', /median no data before, at worst no data/);
  });
});

describe('chartsOf', () => {
  it('shows errors divided by requests as a share', () => {
    const ratio = 'sum(last_1m):sum:trace.web.errors{*}.as_count() / sum:trace.web.hits{*}.as_count() > 0.1';
    const alertSeries = { ...stepped('trace.web.errors', 0, 0.5), unit: null };
    assert.equal(chartsOf(gathered({ alertSeries, opening: withQuery(ratio) }))[0]?.unit, 'fraction');
  });

  it('charts the long series with the changes that it covers', () => {
    const changes = [deployment(GUILTY, 5), deployment(GUILTY, 100_000)];
    const [chart] = chartsOf(gathered({ alertSeries: stepped('shop.error_rate', 1, 40), changes }));
    assert.deepEqual(chart?.marks, [{ atSec: (ONSET_MS - 300_000) / 1000, label: 'Deployed shop 1.1.0' }]);
    assert.equal(chart.threshold, 5);
    assert.deepEqual(chartsOf(gathered()), []);
  });
});
