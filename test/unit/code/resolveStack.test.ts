import assert from 'node:assert/strict';
import { resolveStack } from '../../../src/code/resolveStack';
import type { ResolvedFrame, ResolvedTrace } from '../../../src/domain/resolvedTrace';
import { createMemoryRepository, type MemoryRepositoryOptions } from './memoryRepository';

const { signal } = new AbortController();
const SHA = 'a'.repeat(40);
const PRICING = 'function discount(cart) {\n  return cart.coupon.percent;\n}\nmodule.exports = { discount };\n';
const CART = "const { discount } = require('./pricing');\nfunction total(cart) {\n  return discount(cart);\n}\n";
const BEFORE = { 'src/pricing.js': PRICING, 'src/cart.js': CART };
const NOW = { ...BEFORE, 'src/pricing.js': `'use strict';\n\n${PRICING}` };

const TRACE = [
  "TypeError: Cannot read properties of undefined (reading 'percent')",
  '    at discount (/srv/shop/src/pricing.js:2:22)',
  '    at total (/srv/shop/src/cart.js:3:10)',
  '    at Layer.handle (/srv/shop/node_modules/express/lib/router/layer.js:95:5)',
  '    at node:internal/process/task_queues:95:5',
].join('\n');

const framesOf = (traces: readonly ResolvedTrace[]): ResolvedFrame[] =>
  traces.flatMap(({ exceptions }) => exceptions.flatMap(({ frames }) => frames));

/** Commits are known by any beginning of their id, as in Git. */
const shop = (more: Partial<MemoryRepositoryOptions> = {}) => createMemoryRepository({ now: NOW, trees: { [SHA]: BEFORE }, ...more });

async function resolveIn(repository: ReturnType<typeof shop>, text: string, commit: string | null = SHA, service: string | null = null) {
  return resolveStack(text, { repositories: [repository], commit, service }, signal);
}

describe('Resolving the stack traces of a text', () => {
  it('places each frame of the program and says why the others are not placed', async () => {
    const [trace, ...others] = await resolveIn(shop(), TRACE);
    assert.deepEqual([others, trace?.language, trace?.exceptions[0]?.type], [[], 'javascript', 'TypeError']);
    const frames = trace?.exceptions[0]?.frames ?? [];
    assert.deepEqual(
      frames.map(({ workspace }) => workspace && [workspace.path, workspace.line, workspace.status]),
      [['src/pricing.js', 4, 'moved'], ['src/cart.js', 3, 'exact'], null, null],
    );
    assert.deepEqual(frames[0]?.deployed, { file: 'src/pricing.js', line: 2, function: 'discount' });
    assert.match(frames[0]?.reason ?? '', /moved from 2 to 4/);
    assert.match(frames[2]?.reason ?? '', /library/);
    assert.match(frames[3]?.reason ?? '', /runtime/);
  });

  it('finds nothing where there is no stack, without listing a file', async () => {
    const repository = shop();
    assert.deepEqual(await resolveIn(repository, 'all is well\n'), []);
    assert.equal(repository.lists, 0);
  });

  it('names the range of the trace and of its frames in the text that was given', async () => {
    const text = `2026-01-01 ERROR it broke\n${TRACE}\nGET /health 200\n`;
    const [trace] = await resolveIn(shop(), text);
    assert.ok(trace);
    assert.match(text.slice(trace.range.start, trace.range.end), /^TypeError(?:.|\n)+task_queues:95:5/);
    const [first] = framesOf([trace]);
    assert.ok(first?.range);
    assert.match(text.slice(first.range.start, first.range.end), /pricing\.js:2:22/);
  });

  it('marks the innermost frame of the program as the one to look at', async () => {
    const [trace] = await resolveIn(shop(), TRACE);
    assert.equal(trace?.culpritFrame, 0);
  });

  it('marks the first frame that is in the workspace when the innermost is not', async () => {
    const text = TRACE.replace('/srv/shop/src/pricing.js:2:22', '/srv/elsewhere/lib/generated.js:2:22');
    const [trace] = await resolveIn(shop(), text);
    assert.equal(trace?.culpritFrame, 1);
  });

  it('separates the traces of a log', async () => {
    const traces = await resolveIn(shop(), `${TRACE}\nGET /cart 500\n${TRACE}\n`);
    assert.equal(traces.length, 2);
    assert.ok((traces[0]?.range.end ?? 0) <= (traces[1]?.range.start ?? 0));
  });

  it('lets frames that are placed without doubt help the others of the trace', async () => {
    const files = { 'apps/shop/src/pricing.js': PRICING, 'apps/shop/index.js': CART, 'apps/mail/index.js': CART };
    const repository = shop({ now: files, trees: {} });
    const text = ['Error: no', '    at total (/srv/shop/index.js:3:10)', '    at discount (/srv/shop/src/pricing.js:2:22)'].join('\n');
    const [index] = framesOf(await resolveIn(repository, text, null));
    assert.equal(index?.workspace?.path, 'apps/shop/index.js');
  });

  describe('with what ran', () => {
    const statusIn = async (text: string, commit: string | null, repository = shop()) => {
      const [frame] = framesOf(await resolveIn(repository, text, commit));
      return frame?.workspace && [frame.workspace.status, frame.workspace.line];
    };

    it('reads the commit from the text around the trace', async () => {
      assert.deepEqual(await statusIn(`git.commit.sha=${SHA}\n${TRACE}`, null), ['moved', 4]);
    });

    it('prefers the commit that a person names', async () => {
      const repository = shop({ trees: { [SHA]: BEFORE, ['b'.repeat(40)]: NOW } });
      const text = `git.commit.sha=${'b'.repeat(40)}\n${TRACE.replace('pricing.js:2', 'pricing.js:4')}`;
      assert.deepEqual(await statusIn(text, null, repository), ['exact', 4]);
      assert.deepEqual(await statusIn(text, SHA, repository), ['moved', 6]);
    });

    it('resolves a version, which each trace of a log may have of its own', async () => {
      const asked: (string | null)[][] = [];
      const repository = {
        ...shop(),
        resolveVersion: async (version: string, service: string | null) => {
          asked.push([version, service]);
          return version === '1.4.2' ? SHA : null;
        },
      };
      const text = `dd.service=shop dd.version=1.4.2\n${TRACE}\nGET /\ndd.version=9.9.9\n${TRACE}\n`;
      const traces = await resolveStack(text, { repositories: [repository], commit: null, service: null }, signal);
      assert.deepEqual(
        traces.map((trace) => framesOf([trace])[0]?.workspace?.status),
        ['moved', 'unknown'],
      );
      assert.deepEqual(asked, [
        ['1.4.2', 'shop'],
        ['9.9.9', 'shop'],
      ]);
    });

    it('reads the commit from the folder that the files were deployed to', async () => {
      assert.deepEqual(await statusIn(TRACE.replaceAll('/srv/shop/', `/srv/releases/shop-${SHA}/`), null), ['moved', 4]);
      assert.deepEqual(await statusIn(TRACE.replaceAll('/srv/shop/', `/srv/releases/shop-${'b'.repeat(40)}/`), null), ['unknown', 2]);
    });

    it('says that the commit is missing, and that none is known', async () => {
      const [missing] = framesOf(await resolveIn(shop(), TRACE, 'd'.repeat(40)));
      assert.deepEqual([missing?.workspace?.status, missing?.workspace?.path], ['unknown', 'src/pricing.js']);
      assert.match(missing?.reason ?? '', /commit dddddddddddd is not in/);
      const [unnamed] = framesOf(await resolveIn(shop(), TRACE, null));
      assert.equal(unnamed?.workspace?.status, 'unknown');
      assert.match(unnamed?.reason ?? '', /not known/);
    });
  });

  it('gives the files that it cannot choose between', async () => {
    const repository = shop({ now: { 'a/pricing.js': PRICING, 'b/pricing.js': PRICING }, trees: {} });
    const [frame] = framesOf(await resolveIn(repository, 'Error: no\n    at /opt/pricing.js:2:1', null));
    assert.equal(frame?.workspace, null);
    assert.deepEqual(frame?.candidates.map(({ path }) => path).sort(), ['a/pricing.js', 'b/pricing.js']);
  });

  it('looks each different frame up once, and only so many of them', async () => {
    const deep = Array.from({ length: 6_000 }, (_, at) => `    at f${at} (/srv/shop/src/pricing.js:2:${at + 1})`);
    const recursion = Array.from({ length: 500 }, () => '    at again (/srv/shop/src/cart.js:3:1)');
    let looks = 0;
    const repository = shop();
    const counting = {
      ...repository,
      mapLine: (sha: string, path: string, line: number) => {
        looks += 1;
        return repository.mapLine(sha, path, line, signal);
      },
    };
    const sources = { repositories: [counting], commit: SHA, service: null };
    const frames = framesOf(await resolveStack(['RangeError: deep', ...recursion, ...deep].join('\n'), sources, signal));
    assert.equal(frames.length, 6_500);
    assert.ok(looks <= 5_000, `${looks} looks`);
    assert.equal(frames[499]?.workspace?.path, 'src/cart.js');
    assert.match(frames.at(-1)?.reason ?? '', /more than 5,000 different frames/);
  });

  it('stops when called off', async () => {
    const sources = { repositories: [shop()], commit: SHA, service: null };
    await assert.rejects(resolveStack(TRACE, sources, AbortSignal.abort()), { name: 'AbortError' });
  });
});
