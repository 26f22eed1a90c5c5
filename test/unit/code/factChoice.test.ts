import assert from 'node:assert/strict';
import { chooseFact, type ScoredFact } from '../../../src/code/factChoice';
import { createMemoryRepository } from './memoryRepository';

const repository = createMemoryRepository({ now: {} });
const fact = (path: string, score: number, more: Partial<ScoredFact> = {}): ScoredFact => ({
  repository,
  path,
  line: 3,
  isInService: false,
  score,
  how: 'It is said here',
  ...more,
});
const choose = (facts: readonly ScoredFact[], isCut = false) => chooseFact(facts, { isCut, none: 'Nothing says so.' });

describe('Choosing a place that a text speaks for', () => {
  it('takes the only one that is good enough, with the line as it is now', () => {
    const { location, deployed, reason } = choose([fact('a.js', 0.7), fact('b.js', 0.3)]);
    assert.deepEqual([location?.path, location?.line, location?.status], ['a.js', 3, 'unknown']);
    assert.deepEqual(deployed, { file: 'a.js', line: 3, function: null });
    assert.equal(reason, 'It is said here; it is the only such place.');
  });

  it('takes none of several that are as good, and names each file once', () => {
    const { location, candidates, reason } = choose([fact('a.js', 0.7), fact('a.js', 0.7, { line: 9 }), fact('b.js', 0.69)]);
    assert.equal(location, null);
    assert.deepEqual(
      candidates.map(({ path, score }) => [path, score]),
      [
        ['a.js', 0.45],
        ['b.js', 0.45],
      ],
    );
    assert.match(reason, /3 places/);
  });

  it('prefers the folder of the service', () => {
    assert.equal(choose([fact('a.js', 0.7), fact('b.js', 0.7, { isInService: true })]).location?.path, 'b.js');
  });

  it('is less sure when not all files were read, and says so', () => {
    assert.equal(choose([fact('a.js', 0.55)], true).location, null);
    assert.match(choose([fact('a.js', 0.8)], true).reason, /among the files that were read/);
    assert.equal(choose([], true).reason, 'Nothing says so. Not all files were read.');
    assert.equal(choose([]).reason, 'Nothing says so.');
  });

  it('knows the place in the code also where there is no working tree', () => {
    const recorded = createMemoryRepository({ now: {}, root: null });
    const { location, deployed } = choose([fact('a.js', 0.7, { repository: recorded })]);
    assert.deepEqual([location, deployed?.file], [null, 'a.js']);
  });
});
