import assert from 'node:assert/strict';
import { changesWindow, commitsWindow, historyWindow, onsetWindow, windowsAround } from '../../../src/investigation/windows';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 1_000 * HOUR;

describe('windows', () => {
  it('set a quiet hour, two minutes apart, against the time since the onset', () => {
    const { baseline, incident, whole } = windowsAround(NOW - 10 * MINUTE, NOW);
    assert.equal(baseline.toMs, NOW - 12 * MINUTE);
    assert.equal(baseline.toMs - baseline.fromMs, HOUR);
    assert.equal(incident.fromMs, NOW - 10 * MINUTE);
    assert.ok(incident.toMs > NOW);
    assert.deepEqual(whole, { fromMs: baseline.fromMs, toMs: incident.toMs });
  });

  it('look at two hours of a long incident', () => {
    const { incident } = windowsAround(NOW - 30 * HOUR, NOW);
    assert.equal(incident.toMs - incident.fromMs, 2 * HOUR + 1);
  });

  it('are never empty, even when the onset is the present', () => {
    const { incident } = windowsAround(NOW, NOW);
    assert.ok(incident.toMs > incident.fromMs);
  });

  it('reach far enough back for what each source is asked', () => {
    assert.ok(historyWindow(NOW, NOW).fromMs <= NOW - 512 * MINUTE);
    assert.ok(historyWindow(NOW - 20 * HOUR, NOW).fromMs <= NOW - 22 * HOUR);
    assert.equal(onsetWindow(NOW - HOUR, NOW).toMs, NOW - 45 * MINUTE + 1);
    assert.equal(changesWindow(NOW, NOW).fromMs, NOW - 24 * HOUR);
    assert.equal(commitsWindow(NOW, NOW).fromMs, NOW - 14 * 24 * HOUR);
  });
});
