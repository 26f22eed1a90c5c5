import assert from 'node:assert/strict';
import { backtestAll, originsOf } from '../../../../src/signals/forecast/backtest';
import { candidateMethods } from '../../../../src/signals/forecast/methods';

const wave = Float64Array.from({ length: 512 }, (_, index) => 10 + 5 * Math.sin((2 * Math.PI * index) / 50));

describe('originsOf', () => {
  it('leaves the whole horizon between an origin and the end', () => {
    const { origins, room } = originsOf(512, 60);
    assert.equal(room, 60);
    assert.equal(origins[0], 452);
    assert.ok(origins.length > 8 && origins.every((origin) => origin + room <= 512));
  });

  it('tests shorter predictions in a short series, and none in next to nothing', () => {
    assert.deepEqual(originsOf(10, 60), { origins: [5], room: 5 });
    assert.deepEqual(originsOf(4, 60), { origins: [], room: 2 });
    assert.deepEqual(originsOf(0, 60), { origins: [], room: 0 });
  });
});

describe('backtestAll', () => {
  it('gives actual less predicted at every origin, and the least score to what is right', () => {
    const tried = backtestAll(candidateMethods(wave, [50]), wave, 60);
    const copy = tried.find(({ method }) => method.name.startsWith('seasonal naive ('))!;
    assert.ok(copy.errors.every((row) => row.length === 60 && row.every((error) => Math.abs(error) < 1e-9)));
    assert.ok(copy.score < 1e-9 && tried.every(({ score }) => score >= 0));
    const [last] = tried;
    assert.ok(Math.abs(last!.errors[0]![0]! - (wave[452]! - wave[451]!)) < 1e-12);
  });

  it('tries a method only where it has what it needs, and puts it last where that is nowhere', () => {
    const methods = candidateMethods(wave, [400]);
    const tried = backtestAll(methods, wave, 60);
    const copy = tried.find(({ method }) => method.name.startsWith('seasonal naive ('))!;
    assert.ok(copy.errors.length > 0 && copy.errors.length < tried[0]!.errors.length);
    const cycles = tried.find(({ method }) => method.name.startsWith('mean of cycles ('))!;
    assert.deepEqual([cycles.errors.length, cycles.score], [0, Number.MAX_VALUE]);
  });
});
