import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '../../src/demo/git';
import { checkOutRelease, releaseName } from '../../src/demo/releases';
import { type ServiceOptions, startServiceProcess } from '../../src/demo/serviceProcess';
import { releaseOf } from '../../src/demo/shopHistory';
import { buildShopRepository, type ShopRepository } from '../../src/demo/shopRepository';
import { AppError } from '../../src/domain/errors';

const projectRoot = join(import.meta.dirname, '../..');

describe('a release', () => {
  let dir: string;
  let shop: ShopRepository;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'aidog-release-'));
    shop = await buildShopRepository({ mediaDir: join(projectRoot, 'media'), dir: join(dir, 'shop') });
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it('holds the files of its commit and leaves the workspace as it is', async () => {
    const { commit } = releaseOf(shop.history, '1.15.0');
    const release = await checkOutRelease(shop.root, 'checkout', commit, join(dir, 'releases'));
    assert.equal(release, join(dir, 'releases', releaseName('checkout', commit)));
    const file = 'services/checkout/pricing.js';
    const committed = (await runGit(['show', `${commit}:${file}`], { cwd: shop.root })).toString('utf8');
    assert.equal(await readFile(join(release, file), 'utf8'), committed);
    assert.notEqual(await readFile(join(shop.root, file), 'utf8'), committed);
    assert.equal((await runGit(['status', '--porcelain'], { cwd: shop.root })).toString('utf8'), '');
    assert.deepEqual(await readdir(join(dir, 'releases')), [releaseName('checkout', commit)]);
  });

  it('is written once', async () => {
    const { commit } = releaseOf(shop.history, '1.14.0');
    const release = await checkOutRelease(shop.root, 'catalog', commit, join(dir, 'releases'));
    await writeFile(join(release, 'marker'), '');
    assert.equal(await checkOutRelease(shop.root, 'catalog', commit, join(dir, 'releases')), release);
    assert.ok((await readdir(release)).includes('marker'));
  });
});

describe('a process of a service', () => {
  let dir: string;

  // Below the project, so that the tracer is found as it is for the shop.
  before(async () => {
    await mkdir(join(projectRoot, 'node_modules', '.cache'), { recursive: true });
    dir = await mkdtemp(join(projectRoot, 'node_modules', '.cache', 'aidog-service-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  async function optionsFor(
    name: string,
    code: string,
    extra: Partial<ServiceOptions> = {},
  ): Promise<ServiceOptions & { lines: string[] }> {
    const releaseDir = join(dir, name);
    await mkdir(join(releaseDir, 'services', name), { recursive: true });
    await writeFile(join(releaseDir, 'package.json'), '{"type":"commonjs"}');
    await writeFile(join(releaseDir, 'services', name, 'index.js'), code);
    const lines: string[] = [];
    return {
      service: name,
      releaseDir,
      node: process.execPath,
      env: { DD_TRACE_ENABLED: 'false', GREETING: 'hello' },
      collectLogs: async (batch) => void lines.push(...batch),
      signal: new AbortController().signal,
      lines,
      ...extra,
    };
  }

  const SERVER = `
    const server = require('node:http').createServer((request, response) => response.end(JSON.stringify({ greeting: process.env.GREETING, apiKey: process.env.DD_API_KEY ?? null })));
    server.listen(Number(process.env.PORT), '127.0.0.1', () => { console.log('not json'); console.log(JSON.stringify({ message: 'up' })); });
    process.once('SIGTERM', () => { console.log(JSON.stringify({ message: 'down' })); server.close(() => process.exit(0)); server.closeIdleConnections(); });`;

  it('is ready when it answers its health check, with its own settings and not those of whoever runs it', async () => {
    const before = process.env.DD_API_KEY;
    process.env.DD_API_KEY = 'secret';
    try {
      const options = await optionsFor('fine', SERVER);
      const started = await startServiceProcess(options);
      const answer = await (await fetch(`http://127.0.0.1:${started.port}/`, { headers: { connection: 'close' } })).json();
      assert.deepEqual(answer, { greeting: 'hello', apiKey: null });
      await started.stop();
      await assert.rejects(fetch(`http://127.0.0.1:${started.port}/`));
      assert.deepEqual(options.lines, ['{"message":"up"}', '{"message":"down"}']);
    } finally {
      if (before === undefined) delete process.env.DD_API_KEY;
      else process.env.DD_API_KEY = before;
    }
  });

  it('says why when it does not start', async () => {
    const options = await optionsFor('broken', "throw new Error('no database');");
    await assert.rejects(
      startServiceProcess(options),
      (error) => error instanceof AppError && /service broken did not start/.test(error.message) && /no database/.test(error.message),
    );
  });

  it('ends with the demo', async () => {
    const ending = new AbortController();
    const started = await startServiceProcess(await optionsFor('aborted', SERVER, { signal: ending.signal }));
    ending.abort(new Error('enough'));
    await started.stop();
    await assert.rejects(fetch(`http://127.0.0.1:${started.port}/`));
  });

  it('outlives a collector that fails', async () => {
    const options = await optionsFor('lossy', SERVER, { collectLogs: () => Promise.reject(new Error('gone')) });
    const started = await startServiceProcess(options);
    await started.stop();
  });
});
