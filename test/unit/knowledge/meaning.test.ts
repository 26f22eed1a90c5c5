import assert from 'node:assert/strict';
import type { Embeddings } from '../../../src/domain/embeddings';
import { cosine, rankByMeaning } from '../../../src/knowledge/meaning';
import { createRunbookIndex } from '../../../src/knowledge/runbookIndex';

const index = createRunbookIndex(
  ['# Disk full\nRotate logs.', '# Certificate expired\nRenew it.', '# Pool exhausted\nEnd idle sessions.'].map((text, place) => ({
    origin: 'workspace',
    text,
    path: `runbooks/${place}.md`,
    root: '/shop',
    name: `${place}`,
  })),
);

/** Means that a text is about disks as far as it speaks of room. */
const meaning: Embeddings = {
  name: 'made up',
  embed: async (texts) => texts.map((text) => [/room|space|disk/i.test(text) ? 1 : 0, /pool/i.test(text) ? 1 : 0, 0.1]),
};
const signal = new AbortController().signal;

describe('ranking runbooks by meaning', () => {
  it('puts the sections first whose vectors point where the question does', async () => {
    const ranked = await rankByMeaning(index, 'there is no room left', meaning, signal);
    assert.deepEqual(ranked[0]?.title, 'Disk full');
    assert.equal(ranked.length, 3);
  });

  it('lets the nearest fit with fewer of the words', async () => {
    const question = 'there is no room left on the volume for the rotation of anything';
    assert.deepEqual(index.search(question, 3), []);
    const [hit] = index.search(question, 3, await rankByMeaning(index, question, meaning, signal));
    assert.equal(hit?.title, 'Disk full');
  });

  it('asks nothing without a question or without runbooks', async () => {
    const never: Embeddings = { name: 'never', embed: () => assert.fail('asked') };
    assert.deepEqual(await rankByMeaning(index, ' ', never, signal), []);
    assert.deepEqual(await rankByMeaning(createRunbookIndex([]), 'disk', never, signal), []);
  });

  it('takes vectors that are missing, empty or not numbers for no likeness', () => {
    assert.equal(cosine([], []), 0);
    assert.equal(cosine([1, 0], [0, 1]), 0);
    assert.equal(cosine([3, 4], [6, 8]), 1);
    assert.equal(cosine([Number.NaN], [1]), 0);
  });
});
