import assert from 'node:assert/strict';
import { fineOnset, onsetFromMetrics } from '../../../../src/investigation/perceive/refineOnset';
import { gathered } from '../../../fakes/gathered';
import { NOW_MS, ONSET_MS, stepped } from '../../../fakes/incidents';

const inBatch = (...series: ReturnType<typeof stepped>[]) => gathered({ metrics: [{ query: 'q', series }] });

describe('fineOnset', () => {
  it('is where the fine series of the alert steps', () => {
    assert.equal(fineOnset(gathered({ fineSeries: stepped('shop.error_rate', 1, 40) }), NOW_MS), ONSET_MS);
    assert.equal(fineOnset(gathered({ fineSeries: stepped('shop.error_rate', 1, 1) }), NOW_MS), null);
    assert.equal(fineOnset(gathered(), NOW_MS), null);
  });
});

describe('onsetFromMetrics', () => {
  it('is when the service’s metrics turned for the worse together', () => {
    assert.equal(onsetFromMetrics(inBatch(stepped('a.errors', 1, 40), stepped('b.latency', 10, 90)), NOW_MS), ONSET_MS);
  });

  it('does not take an improvement, a small step or another service for it', () => {
    const other = stepped('c.errors', 1, 90, { tags: ['service:other'] });
    assert.equal(onsetFromMetrics(inBatch(stepped('a.errors', 40, 1), stepped('b.latency', 100, 130), other), NOW_MS), null);
  });

  it('looks at other services where the alerting one has no metrics', () => {
    assert.equal(onsetFromMetrics(inBatch(stepped('c.errors', 1, 90, { tags: ['service:other'] })), NOW_MS), ONSET_MS);
  });
});
