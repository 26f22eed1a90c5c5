import assert from 'node:assert/strict';
import { VOCABULARIES } from '../../../benchmarks/places/vocabularies';
import { evaluatePlaces } from '../../../benchmarks/placesEval';

const named = (...names: readonly string[]) => VOCABULARIES.filter(({ name }) => names.includes(name));

// Whole investigations of generated systems: a second or two.
describe('localising in made-up systems', () => {
  it('finds what breaks in one service, whatever its metrics are called', async () => {
    const vocabularies = named('Prometheus', 'X-Ray', 'Datadog, Java', 'words of its own');
    const faults = ['CPU contention', 'lock'] as const;
    const { all, misses } = await evaluatePlaces({ rounds: 1, seed: 3, faults, shapes: ['diamond'], vocabularies });
    assert.equal(all.ac1, 1, misses.join('\n'));
  });

  it('finds where calls do not arrive, which the largest change does not', async () => {
    const vocabularies = named('Datadog, Go', 'OpenTelemetry');
    const faults = ['network delay', 'packet loss', 'pod killed'] as const;
    const { all, misses } = await evaluatePlaces({ rounds: 1, seed: 4, faults, shapes: ['fan-out'], vocabularies });
    assert.ok(all.ac3 === 1 && all.ac1 > all.baseline1 && all.ac1 >= 0.8, misses.join('\n'));
  });
});
