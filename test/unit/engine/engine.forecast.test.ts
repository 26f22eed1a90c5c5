import assert from 'node:assert/strict';
import { createEngine } from '../../../src/engine/engine';
import { series } from '../../fakes/spans';

const never = new AbortController().signal;
const requestOf = (id: string) => ({
  id,
  title: id,
  query: '',
  series: series(Array.from({ length: 100 }, (_, index) => index % 7)),
  threshold: null,
  season: null,
});

describe('the engine, asked for forecasts', () => {
  it('forecasts all series in their order by the settings, and tells how many are done', async () => {
    const told: [string, number][] = [];
    const log = { info: () => {}, error: () => {} };
    const engine = createEngine({ log, onProgress: () => {}, onForecasted: (runId, done) => told.push([runId, done]) });
    engine.commands.configureForecast({ settings: { model: 'statistical', modelFile: null } });
    const requests = Array.from({ length: 20 }, (_, index) => requestOf(`F${index}`));
    const forecasts = await engine.requests.forecastSeries({ runId: 'R', requests }, never);
    assert.deepEqual(
      forecasts.map(({ id, answeredBy }) => [id, answeredBy]),
      requests.map(({ id }) => [id, 'statistical']),
    );
    assert.deepEqual(told, [
      ['R', 16],
      ['R', 20],
    ]);
    engine.dispose();
    await assert.rejects(engine.requests.forecastSeries({ runId: 'R', requests }, never), /cancelled/);
  });
});
