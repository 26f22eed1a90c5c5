import assert from 'node:assert/strict';
import { serviceStates } from '../../../src/domain/survey';
import { formatDeviation, formatSignal, serviceStateLabels } from '../../../webview/homeWords';

describe('the words of Home', () => {
  it('write each signal in its unit, and a dash for no value', () => {
    assert.equal(formatSignal('errors', 0.487), '49 %');
    assert.equal(formatSignal('latency', 1507), '1.5 s');
    assert.equal(formatSignal('traffic', 4.27), '4.27/s');
    for (const value of [null, Number.NaN, Number.POSITIVE_INFINITY]) assert.equal(formatSignal('traffic', value), '–');
  });

  it('say how far a value lies from what is expected', () => {
    const latency = (value: number, expected: number) => formatDeviation({ signal: 'latency', value, expected });
    assert.equal(latency(412, 65), '6.3 times as much');
    assert.equal(latency(138, 100), '38 % more');
    assert.equal(latency(62, 100), '38 % less');
    assert.equal(latency(0, 100), 'none left');
    assert.equal(latency(9, 0), 'from nothing');
    assert.equal(latency(0, 0), 'as much');
  });

  it('compare shares by points, since a share of nothing has no ratio', () => {
    assert.equal(formatDeviation({ signal: 'errors', value: 0.49, expected: 0.002 }), '+48.8 points');
    assert.equal(formatDeviation({ signal: 'errors', value: 0.1, expected: 0.2 }), '−10 points');
  });

  it('have a label for every state, whose text alone is enough', () => {
    const texts = [...serviceStates, 'alerting' as const].map((state) => serviceStateLabels[state].text);
    assert.equal(new Set(texts).size, texts.length);
  });
});
