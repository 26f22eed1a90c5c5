import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Page, pageEnvelope, pageOf, pageRequest, pageRequestFromQuery, requestId } from '../../../../src/sandbox/api/paging';
import { HttpError } from '../../../../src/sandbox/http';

interface Item {
  readonly ms: number;
  readonly id: number;
}

/** Every page to the end. */
function walk(items: readonly Item[], limit: number, isOldestFirst: boolean): Item[][] {
  const pages: Item[][] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = pageOf(items, ({ ms }) => ms, { limit, cursor, isOldestFirst });
    pages.push([...page.items]);
    cursor = page.after;
  } while (cursor !== null);
  return pages;
}

describe('pageOf', () => {
  const itemsArbitrary = fc
    .array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 })
    .map((times) => times.sort((a, b) => a - b).map((ms, id): Item => ({ ms, id })));

  it('gives every item once, in order, on pages that are full but the last', () => {
    fc.assert(
      fc.property(itemsArbitrary, fc.integer({ min: 1, max: 7 }), fc.boolean(), (items, limit, isOldestFirst) => {
        const pages = walk(items, limit, isOldestFirst);
        assert.deepEqual(pages.flat(), isOldestFirst ? items : [...items].reverse());
        for (const page of pages.slice(0, -1)) assert.equal(page.length, limit);
      }),
    );
  });

  it('does not shift when newer items arrive between two pages', () => {
    const items = [1, 2, 3, 4].map((ms): Item => ({ ms, id: ms }));
    const first = pageOf(items, ({ ms }) => ms, { limit: 2, cursor: null, isOldestFirst: false });
    const later = pageOf([...items, { ms: 5, id: 5 }], ({ ms }) => ms, { limit: 2, cursor: first.after, isOldestFirst: false });
    assert.deepEqual(
      later.items.map(({ id }) => id),
      [2, 1],
    );
  });

  it('refuses a cursor that no answer gave', () => {
    for (const cursor of ['nonsense', Buffer.from('{"ms":"x"}').toString('base64url'), ''])
      assert.throws(
        () => pageOf([], () => 0, { limit: 1, cursor, isOldestFirst: true }),
        (error: unknown) => error instanceof HttpError && /invalid cursor/.test(error.message),
      );
  });
});

describe('pageRequest', () => {
  it('gives ten, the newest first, unless told otherwise', () => {
    assert.deepEqual(pageRequest(undefined, undefined), { limit: 10, cursor: null, isOldestFirst: false });
    assert.deepEqual(pageRequest({ limit: 1000, cursor: 'c' }, 'timestamp'), { limit: 1000, cursor: 'c', isOldestFirst: true });
  });

  it('refuses more than a thousand', () => {
    for (const limit of [0, 1001]) assert.throws(() => pageRequest({ limit }, undefined), HttpError);
  });

  it('is read from a query string too', () => {
    assert.deepEqual(pageRequestFromQuery(new URLSearchParams('page[limit]=3&page[cursor]=c&sort=timestamp')), {
      limit: 3,
      cursor: 'c',
      isOldestFirst: true,
    });
    assert.throws(() => pageRequestFromQuery(new URLSearchParams('sort=name')), HttpError);
    assert.throws(() => pageRequestFromQuery(new URLSearchParams('page[limit]=many')), HttpError);
  });
});

describe('pageEnvelope', () => {
  const request = { method: 'GET', path: '/p', params: {}, query: new URLSearchParams(), headers: { host: 'h:1' }, body: Buffer.alloc(0) };

  it('links to the next page, and to none on the last', () => {
    const next = pageEnvelope(request, '/list', { items: [], after: 'c' }, { 'filter[query]': 'a b' }) as {
      links: { next: string };
      meta: { page: { after: string } };
    };
    assert.equal(next.links.next, 'http://h:1/list?filter%5Bquery%5D=a+b&page%5Bcursor%5D=c');
    assert.equal(next.meta.page.after, 'c');
    const last = pageEnvelope(request, '/list', { items: [], after: null }, {});
    assert.deepEqual(Object.keys(last), ['meta']);
  });

  it('names each answer anew', () => assert.notEqual(requestId(), requestId()));
});
