import assert from 'node:assert/strict';
import type { GitHubConnection, PullRequestOrder } from '../../../src/domain/fix';
import { openDraft } from '../../../src/github/pullRequests';
import { type GitHubServer, refuse, startGitHubServer } from '../../fakes/gitHubServer';
import { sendJson } from '../../fakes/scriptedServer';

const signal = new AbortController().signal;
const token = 'ghp_canary0123456789';
const target = { host: 'github.example', owner: 'acme', name: 'shop' };

describe('opening a draft pull request', () => {
  let server: GitHubServer;
  beforeEach(async () => {
    server = await startGitHubServer({ repository: 'acme/shop', token, defaultBranch: 'trunk' });
  });
  afterEach(() => server.close());

  const open = (changes: Partial<PullRequestOrder> = {}, connection: Partial<GitHubConnection> = {}, stop = signal) =>
    openDraft(
      { baseUrl: server.url, token, timeoutMs: 5_000, ...connection },
      { target, headOwner: 'acme', branch: 'aidog/fix', base: 'main', title: 'Revert', body: 'Why', ...changes },
      stop,
    );
  const failing = (status: number, headers: Record<string, string> = {}, body: unknown = { message: 'no' }) => {
    server.fault = (response) => {
      sendJson(response, body, status, headers);
      return true;
    };
  };
  /** A fault for the request that would open one. */
  const atPost = (answer: NonNullable<GitHubServer['fault']>) => {
    server.fault = (response, request, number) => request.method === 'POST' && answer(response, request, number);
  };

  it('asks for a draft, with the branch, the base, the title and the body', async () => {
    const result = await open();
    assert.deepEqual(result, { kind: 'opened', pullRequest: { number: 1, url: 'https://github.example/acme/shop/pull/1', isDraft: true } });
    const { number, ...pull } = server.pulls[0]!;
    assert.deepEqual([number, pull], [1, { title: 'Revert', body: 'Why', head: 'aidog/fix', base: 'main', draft: true }]);
  });

  it('goes to the default branch of the repository when no base is known', async () => {
    await open({ base: null });
    assert.equal(server.pulls[0]?.base, 'trunk');
  });

  it('comes from a fork when the branch was pushed to one', async () => {
    await open({ headOwner: 'me' });
    assert.equal(server.pulls[0]?.head, 'me:aidog/fix');
    assert.equal(server.requests[0]?.query.get('head'), 'me:aidog/fix');
  });

  it('opens nothing new when the branch has an open one', async () => {
    await open();
    assert.deepEqual([(await open()).kind, server.pulls.length], ['found', 1]);
    assert.equal(server.requests.filter(({ method }) => method === 'POST').length, 1);
  });

  it('finds the one that somebody opened at the same moment', async () => {
    atPost((response) => {
      server.pulls.push({ number: 7, title: '', body: '', head: 'aidog/fix', base: 'main', draft: false });
      refuse(response, 'A pull request already exists for acme:aidog/fix.');
      return true;
    });
    assert.deepEqual(await open(), {
      kind: 'found',
      pullRequest: { number: 7, url: 'https://github.example/acme/shop/pull/7', isDraft: false },
    });
  });

  it('names the page to open one by hand where drafts are not supported, and opens none', async () => {
    atPost((response) => {
      refuse(response, 'Draft pull requests are not supported in this repository.');
      return true;
    });
    const compareUrl = 'https://github.example/acme/shop/compare/main...aidog%2Ffix?expand=1';
    assert.deepEqual(await open(), { kind: 'no_drafts', compareUrl });
    assert.equal(server.pulls.length, 0);
  });

  it("passes on GitHub's reason when it refuses", async () => {
    atPost((response) => {
      refuse(response, 'No commits between main and aidog/fix');
      return true;
    });
    await assert.rejects(open(), {
      kind: 'bad_input',
      message: /does not take the pull request \(422\): No commits between main and aidog\/fix/,
    });
    atPost((response) => {
      sendJson(response, { message: 'Validation Failed', errors: [{ field: 'base', code: 'invalid' }] }, 422);
      return true;
    });
    await assert.rejects(open(), { message: /base is invalid/ });
    atPost((response) => {
      sendJson(response, 'x', 422);
      return true;
    });
    await assert.rejects(open(), { message: /gave no reason/ });
  });

  for (const [status, headers, kind, message] of [
    [401, {}, 'forbidden', /does not accept the token \(401\).*Set GitHub Token/],
    [403, {}, 'forbidden', /does not let this token open pull requests in acme\/shop \(403\).*single sign-on/],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, 'rate_limited', /limiting requests\. Try again in 1 s/],
    [403, { 'x-ratelimit-remaining': '0' }, 'rate_limited', /Try again in a minute/],
    [403, { 'retry-after': '42' }, 'rate_limited', /Try again in 42 s/],
    [429, {}, 'rate_limited', /limiting requests\. Try again in a minute/],
    [404, {}, 'not_found', /shows no repository acme\/shop to this token \(404\)/],
    [500, {}, 'server', /failed with status 500\. Try again/],
    [503, {}, 'server', /failed with status 503/],
    [418, {}, 'bad_answer', /answer that is none of GitHub's/],
  ] as const)
    it(`explains status ${status} ${JSON.stringify(headers)} in one sentence, without sending anything twice`, async () => {
      failing(status, headers);
      await assert.rejects(open(), { kind, message });
      assert.equal(server.requests.length, 1);
    });

  it('explains a wrong token', async () => {
    await assert.rejects(open({}, { token: 'other' }), { kind: 'forbidden', message: /\(401\)/ });
  });

  it('explains an answer that is none of GitHub’s', async () => {
    server.fault = (response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Proxy</html>');
      return true;
    };
    await assert.rejects(open(), { kind: 'bad_answer', message: /none of GitHub's/ });
    atPost((response) => {
      sendJson(response, { number: 'one' }, 201);
      return true;
    });
    await assert.rejects(open(), { kind: 'bad_answer' });
  });

  it('explains an answer that does not come, and one that is cut off', async () => {
    server.fault = () => true;
    await assert.rejects(open({}, { timeoutMs: 50 }), { kind: 'unreachable', message: /did not answer within 0\.05 s.*will be found/ });
    server.fault = (response) => {
      response.destroy();
      return true;
    };
    await assert.rejects(open(), { kind: 'unreachable', message: /cannot be reached/ });
  });

  it('explains an address at which nobody listens', async () => {
    await assert.rejects(open({}, { baseUrl: 'http://127.0.0.1:1' }), { kind: 'unreachable', message: /127\.0\.0\.1:1 cannot be reached/ });
  });

  it('is called off by its signal', async () => {
    const stop = new AbortController();
    server.fault = () => {
      stop.abort();
      return true;
    };
    await assert.rejects(open({}, {}, stop.signal), { kind: 'cancelled' });
  });

  it('sends the token in its header and nowhere else, and puts it into no error', async () => {
    failing(500);
    const error: unknown = await open().catch((thrown: unknown) => thrown);
    const { inspect } = await import('node:util');
    assert.doesNotMatch(inspect(error, { depth: 10 }), /canary/);
    const [request] = server.requests;
    assert.equal(request?.headers.authorization, `token ${token}`);
    assert.doesNotMatch(`${request?.path}${request?.query}${request?.body}`, /canary/);
  });
});
