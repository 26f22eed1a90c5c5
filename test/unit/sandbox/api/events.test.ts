import assert from 'node:assert/strict';
import { documentOf, matchingEvents } from '../../../../src/sandbox/api/events';
import { compileSearch } from '../../../../src/sandbox/query/searchMatch';
import { parseSearch } from '../../../../src/sandbox/query/searchParser';
import { askOf } from '../../../fakes/apiCalls';
import { deployment, filledStore, NOW_MS } from '../../../fakes/sandboxTelemetry';

interface Events {
  readonly data: readonly { readonly id: string }[];
}

const store = filledStore();
const ask = askOf(store);
const ids = async (query: string) =>
  (await ask<Events>('POST', '/api/v2/events/search', { filter: { query, from: 'now-1h', to: 'now' } })).body.data.map(({ id }) => id);

describe('the events API', () => {
  it('finds changes by tags, attributes and words, the newest first', async () => {
    assert.deepEqual(await ids('*'), ['flag-1', 'deploy-1']);
    assert.deepEqual(await ids('source:deployment version:1.4.2'), ['deploy-1']);
    assert.deepEqual(await ids('@change.kind:(deployment OR feature_flag)'), ['flag-1', 'deploy-1']);
    assert.deepEqual(await ids('@changed_resource.type:feature_flag'), ['flag-1']);
    assert.deepEqual(await ids('pipeline'), ['deploy-1']);
    assert.deepEqual(await ids('-source:deployment -source:change'), []);
  });

  it('takes the same from a query string', async () => {
    const { body } = await ask<Events>('GET', '/api/v2/events?filter[query]=source:change&filter[from]=now-1h&page[limit]=5');
    assert.deepEqual(
      body.data.map(({ id }) => id),
      ['flag-1'],
    );
  });

  it('gives one event, or says that there is none', async () => {
    assert.equal((await ask<{ data: { id: string } }>('GET', '/api/v2/events/deploy-1')).body.data.id, 'deploy-1');
    assert.equal((await ask('GET', '/api/v2/events/none')).status, 404);
  });

  it('refuses a cursor of another account', async () => {
    const answer = await ask('POST', '/api/v2/events/search', { page: { cursor: 'eyJzdGFydEF0IjoiQVEifQ==' } });
    assert.deepEqual(
      [answer.status, answer.shape, answer.message],
      [400, 'classic', "input_validation_error(Field 'page' is invalid: invalid cursor)"],
    );
  });

  it('lists as v1 did', async () => {
    const list = async (more: string) =>
      (
        await ask<{ events: { title: string }[] }>('GET', `/api/v1/events?start=${NOW_MS / 1000 - 3600}&end=${NOW_MS / 1000}${more}`)
      ).body.events.map(({ title }) => title);
    assert.equal((await list('')).length, 2);
    assert.deepEqual(await list('&sources=deployment'), ['Deployed checkout 1.4.2']);
    assert.deepEqual(await list('&tags=env:prod,version:1.4.2'), ['Deployed checkout 1.4.2']);
    assert.deepEqual(await list('&page=1'), []);
    assert.deepEqual(await list('&priority=low'), []);
    assert.equal((await ask('GET', '/api/v1/events?start=5')).status, 400);
    assert.equal((await ask('GET', '/api/v1/events?start=5&end=5')).status, 400);
  });
});

describe('matchingEvents', () => {
  it('stays in its window', () => {
    assert.deepEqual(
      matchingEvents(store, '*', { fromMs: NOW_MS - 400_000, toMs: NOW_MS }).map(({ id }) => id),
      ['flag-1'],
    );
  });
});

describe('documentOf', () => {
  it('knows the tags that an event is answered with', () => {
    assert.equal(compileSearch(parseSearch('git.commit.sha:c7d2e9*'))(documentOf(deployment())), true);
  });
});
