import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { runCli } from '../../../src/cli/runCli';
import type { ModelEffect } from '../../../src/evaluation/modelEffect';
import { requestOf } from '../../fakes/agentRun';
import { withSets } from '../../fakes/caseSets';
import { startOllama } from '../../fakes/ollama/server';
import { goodAnswer } from '../../fakes/scriptedModel';

async function evaluate(args: readonly string[], env: Readonly<Record<string, string>> = {}, isTTY = false) {
  const written: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const stdout = { write: (text: string) => written.out.push(text) };
  const stderr = { isTTY, write: (text: string) => written.err.push(text) };
  const { signal } = new AbortController();
  const code = await runCli(['eval', 'rca', ...args], { stdout, stderr, stdin: Readable.from([]), env, cwd: '/', signal });
  return { code, out: written.out.join(''), err: written.err.join('') };
}

const SETS = { net: { c01: { service: 'shop' } }, calm: { c01: { verdict: 'inconclusive' }, c02: { commit: null } } };

describe('aidog eval rca', () => {
  it('investigates every case and prints how often it was right, without the answers', async () => {
    await withSets(SETS, async (dir) => {
      const { code, out, err } = await evaluate(['--data', dir, '--json']);
      assert.deepEqual([code, err], [0, '']);
      const { sets, all } = JSON.parse(out);
      assert.deepEqual(
        sets.map(({ set, rows }: { set: string; rows: unknown[] }) => [set, rows.length]),
        [
          ['calm', 2],
          ['net', 1],
        ],
      );
      assert.equal(sets[0].rows[0].verdict, 'inconclusive');
      assert.equal(sets[0].rows[1].commit, 'pass');
      assert.equal(sets[1].rows[0].rank, 1);
      assert.equal(all.cases, 3);
      assert.ok(!('answer' in sets[0].rows[0]));
    });
  });

  it('prints a table, takes the folder from the environment and only the sets that are named', async () => {
    await withSets(SETS, async (dir) => {
      const { code, out, err } = await evaluate(['--set', 'net'], { AIDOG_DATA: dir }, true);
      assert.equal(code, 0);
      assert.match(out, /net: 1 case\nservice {6}AC@1 1\.000/);
      assert.doesNotMatch(out, /calm/);
      assert.match(err, /1 case/);
    });
  });

  it('says what a language model changed, which is nothing but words', async () => {
    const server = await startOllama({ answers: (body) => ({ text: goodAnswer(requestOf(body.format)) }) });
    try {
      await withSets(SETS, async (dir) => {
        const args = ['--data', dir, '--model', 'ollama:llama3.2:3b', '--model-url', server.url];
        const { code, out } = await evaluate(args);
        assert.equal(code, 0);
        assert.match(out, /\nmodel {8}ollama:llama3\.2:3b worded \d+ of \d+ texts; beside 3 runs without it nothing but words changed\n$/);
        assert.ok(server.chats.length >= 3);
        const { model } = JSON.parse((await evaluate([...args, '--json'])).out) as { model: ModelEffect };
        assert.deepEqual([model.cases, model.changed], [3, []]);
        assert.ok(model.texts >= 3 && model.texts >= model.byModel);
      });
    } finally {
      await server.close();
    }
  });

  it('counts a recording that cannot be read as a failure', async () => {
    await withSets({ net: '{"c01": {"service": "shop"}}' }, async (dir) => {
      const { code, out } = await evaluate(['--data', dir]);
      assert.equal(code, 0);
      assert.match(out, /failures {5}1/);
    });
  });

  it('says in one line where the folder is missing', async () => {
    const { code, out, err } = await evaluate([]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^aidog: The recorded incidents .* --data DIR or AIDOG_DATA\.\n$/);
  });
});
