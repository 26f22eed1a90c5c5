import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openRecordFile } from '../../../src/memory/recordFile';

type Numbered = { readonly n: number };
const numbered = (value: unknown): Numbered | null =>
  typeof value === 'object' && value !== null && typeof (value as { n?: unknown }).n === 'number' ? { n: (value as Numbered).n } : null;

describe('a file of records', () => {
  let file: string;
  beforeEach(async () => {
    file = join(await mkdtemp(join(tmpdir(), 'aidog-records-')), 'deep', 'records.jsonl');
  });
  const open = () => openRecordFile(file, numbered);

  it('gives back what was appended, in order, and nothing before', async () => {
    assert.deepEqual(await open().read(), []);
    for (const n of [1, 2, 3]) await open().append({ n });
    assert.deepEqual(await open().read(), [{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('keeps every record of windows that write at the same time', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, n) => open().append({ n })));
    const read = await open().read();
    assert.deepEqual(
      read.map(({ n }) => n).sort((a, b) => a - b),
      Array.from({ length: 60 }, (_, n) => n),
    );
  });

  it('loses a torn record alone, wherever it was torn', async () => {
    await open().append({ n: 1 });
    const whole = await readFile(file, 'utf8');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (at) => {
        await writeFile(file, `${whole}${whole.slice(0, at)}`);
        await open().append({ n: 2 });
        const read = await open().read();
        assert.deepEqual(read[0], { n: 1 });
        assert.deepEqual(read.at(-1), { n: 2 });
      }),
      { numRuns: 30 },
    );
  });

  it('is whole after its writer was killed in the middle', async () => {
    await open().append({ n: 0 });
    const script = `const fs=require('fs');for(let n=1;;n++){fs.appendFileSync(${JSON.stringify(file)},'\\n'+JSON.stringify({n})+'\\n');if(n===50)process.stdout.write('x')}`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await open().append({ n: -1 });
    const numbers = (await open().read()).map(({ n }) => n);
    assert.deepEqual(
      numbers.slice(0, 51),
      Array.from({ length: 51 }, (_, n) => n),
    );
    assert.equal(numbers.at(-1), -1);
  });

  it('passes over what is no record', async () => {
    await open().append({ n: 1 });
    await appendFile(file, 'garbage\n{"n":"text"}\n[]\nnull\n{"n":2}\n');
    assert.deepEqual(await open().read(), [{ n: 1 }, { n: 2 }]);
  });

  it('reads the newest of a file that has grown large', async () => {
    await open().append({ n: 0 });
    await appendFile(file, Array.from({ length: 200_000 }, (_, n) => `{"n":${n + 1}}\n`).join(''));
    const read = await open().read();
    assert.equal(read.at(-1)?.n, 200_000);
    assert.ok(read.length > 10_000 && read.length < 200_000);
  });

  it('is gone when it is removed, also twice', async () => {
    await open().append({ n: 1 });
    await open().remove();
    await open().remove();
    assert.deepEqual(await open().read(), []);
  });
});
