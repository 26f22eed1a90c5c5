import assert from 'node:assert/strict';
import { AppError } from '../../../src/domain/errors';
import type { ForecastSettings } from '../../../src/domain/forecast';
import { modelEnded } from '../../../src/domain/forecastErrors';
import type { ForecastRequest } from '../../../src/domain/ports';
import type { PredictedBand, QuantileModel } from '../../../src/domain/quantileModel';
import { createForecaster } from '../../../src/engine/forecaster';
import { series } from '../../fakes/spans';
import { tinyModel, writeModel } from '../../fakes/tinyModel';

const embedded: ForecastSettings = { model: 'embedded', modelFile: null };
const quiet = { info: () => {}, error: () => {} };
const wavy = (length = 512) => Array.from({ length }, (_, index) => 100 + 30 * Math.sin(index / 9.3) + ((index * 7919) % 11));

const request = (values: readonly number[], id = 'F1'): ForecastRequest => ({
  id,
  title: id,
  query: '',
  series: series(values),
  threshold: null,
  season: null,
});

/** Predicts 1 more than the last value of the context, in its own scale. */
function fakeModel(predict?: QuantileModel['predict']) {
  const asked: number[] = [];
  const state = { isDisposed: false };
  const model: QuantileModel = {
    predict:
      predict ??
      (async (contexts) => {
        asked.push(contexts.length);
        return contexts.map((context): PredictedBand => {
          const last = context.at(-1)!;
          return {
            p10: new Float32Array(60).fill(last),
            median: new Float32Array(60).fill(last + 1),
            p90: new Float32Array(60).fill(last + 2),
          };
        });
      }),
    dispose: () => {
      state.isDisposed = true;
    },
  };
  const opened = { model, by: { kind: 'embedded' as const, name: 'a fake' }, warning: async (): Promise<string | null> => null };
  return { opened, asked, state };
}

describe('createForecaster', () => {
  it('opens no model before the first forecast, and says who answered', async () => {
    const { opened } = fakeModel();
    let opens = 0;
    const forecaster = createForecaster(embedded, quiet, async () => {
      opens += 1;
      return opened;
    });
    assert.equal(opens, 0);
    const forecast = await forecaster.forecast(request(wavy()));
    assert.equal(forecast.answeredBy, 'embedded');
    assert.match(forecast.model, /^a fake/);
    await forecaster.forecast(request(wavy()));
    assert.equal(opens, 1);
    forecaster.dispose();
  });

  it('leaves series that are short, constant or repeat themselves to the statistical methods, and says why', async () => {
    const { opened, asked } = fakeModel();
    const forecaster = createForecaster(embedded, quiet, async () => opened);
    const steps = Array.from({ length: 200 }, (_, index) => Math.floor(index / 20));
    const found = await forecaster.forecastAll([request([1, 2, 3]), request(new Array(100).fill(4)), request(steps)]);
    assert.deepEqual(
      found.map(({ model, answeredBy }) => [answeredBy, /\((.*)\)$/.exec(model)?.[1]]),
      [
        ['statistical', 'the history is short'],
        ['statistical', 'the series repeats itself'],
        ['statistical', 'the series repeats itself'],
      ],
    );
    assert.deepEqual(asked, []);
  });

  it('asks the model for many series at once, keeps their order and tells how far it is', async () => {
    const { opened, asked } = fakeModel();
    const forecaster = createForecaster(embedded, quiet, async () => opened);
    const done: number[] = [];
    const requests = Array.from({ length: 20 }, (_, index) => request(index % 2 === 0 ? wavy() : [index], `F${index}`));
    const found = await forecaster.forecastAll(requests, undefined, (count) => done.push(count));
    assert.deepEqual(
      found.map(({ id }) => id),
      requests.map(({ id }) => id),
    );
    assert.deepEqual(
      found.map(({ answeredBy }) => answeredBy),
      requests.map((_, index) => (index % 2 === 0 ? 'embedded' : 'statistical')),
    );
    assert.deepEqual(asked, [24, 6]);
    assert.deepEqual(done, [16, 20]);
  });

  it('falls back when the model fails, says so, and does not try it again at once', async () => {
    let tries = 0;
    const { opened } = fakeModel(async () => {
      tries += 1;
      throw modelEnded('/m.onnx', 'it was ended by SIGKILL');
    });
    const told: string[] = [];
    const forecaster = createForecaster(embedded, { ...quiet, error: (text) => told.push(text) }, async () => opened);
    for (let round = 0; round < 2; round++) {
      const forecast = await forecaster.forecast(request(wavy()));
      assert.equal(forecast.answeredBy, 'statistical');
      assert.match(forecast.model, /\/m\.onnx ended: it was ended by SIGKILL/);
    }
    assert.equal(tries, 1);
    assert.equal(told.length, 1);
  });

  it('rejects as cancelled when called off', async () => {
    const controller = new AbortController();
    const { opened } = fakeModel(async (_, signal) => {
      controller.abort();
      throw new AppError('cancelled', 'off', { cause: signal?.reason });
    });
    const forecaster = createForecaster(embedded, quiet, async () => opened);
    const isCancelled = (error: unknown) => error instanceof AppError && error.kind === 'cancelled';
    await assert.rejects(forecaster.forecast(request(wavy()), controller.signal), isCancelled);
    await assert.rejects(forecaster.forecastAll([request([1])], controller.signal), isCancelled);
  });

  it('opens another model after other settings, and forgets what failed', async () => {
    const first = fakeModel(async () => Promise.reject(new Error('broken')));
    const second = fakeModel();
    const forecaster = createForecaster(embedded, quiet, async ({ modelFile }) => (modelFile === null ? first.opened : second.opened));
    assert.equal((await forecaster.forecast(request(wavy()))).answeredBy, 'statistical');
    forecaster.configure({ ...embedded, modelFile: '/other.onnx' });
    assert.equal((await forecaster.forecast(request(wavy()))).answeredBy, 'embedded');
    assert.equal(first.state.isDisposed, true);
    forecaster.dispose();
  });

  it('needs no model at all when told so', async () => {
    const forecaster = createForecaster({ model: 'statistical', modelFile: null }, quiet);
    const forecast = await forecaster.forecast(request(wavy()));
    assert.equal(forecast.answeredBy, 'statistical');
    assert.match(forecast.model, /^statistical: [^(]*(\(period \d+\))?$/);
  });

  it('warns once of a model that needs much memory', async () => {
    const { opened } = fakeModel();
    const told: string[] = [];
    const warned = { ...opened, warning: async () => 'It needs 2.4 GB.' };
    const forecaster = createForecaster(embedded, { ...quiet, info: (text) => told.push(text) }, async () => warned);
    await forecaster.forecast(request(wavy()));
    await forecaster.forecast(request(wavy()));
    assert.deepEqual(told, ['It needs 2.4 GB.']);
  });

  it('runs a model file in a process of its own', async () => {
    const forecaster = createForecaster({ model: 'embedded', modelFile: await writeModel(tinyModel({ batch: 1 })) }, quiet);
    const values = Array.from({ length: 512 }, (_, index) => 50 + ((index * index) % 17));
    const { answeredBy, model, median, p90 } = await forecaster.forecast(request(values));
    assert.equal(answeredBy, 'toto');
    assert.match(model, /^the model .*model\.onnx/);
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    assert.ok(model.includes('averaged') || Math.abs(median[0]! - mean) < 0.01);
    assert.ok(p90[0]! > median[0]!);
    forecaster.dispose();
  });

  it('says what is wrong with a model file', async () => {
    const broken = createForecaster({ model: 'embedded', modelFile: await writeModel('no model') }, quiet);
    assert.match((await broken.forecast(request(wavy()))).model, /is not an ONNX model/);
    const absent = createForecaster({ model: 'embedded', modelFile: '/nowhere/m.onnx' }, quiet);
    assert.match((await absent.forecast(request(wavy()))).model, /no forecasting model at \/nowhere\/m\.onnx/);
    broken.dispose();
    absent.dispose();
  });
});
