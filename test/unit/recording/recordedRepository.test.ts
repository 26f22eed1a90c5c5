import assert from 'node:assert/strict';
import { createRecordedRepository } from '../../../src/recording/recordedRepository';
import { NOW_MS, sampleRecording } from './sampleRecording';

const signal = new AbortController().signal;
const NEW = 'c7d2e9a3f1b04658e8a72c0d9b5e34176af2c801';
const OLD = '9c384d8d9c4e85ffe80605a2ab61e487f633cef5';

describe('a recorded repository', () => {
  const recording = sampleRecording();
  const repository = createRecordedRepository(recording);

  it('lists the commits of a window, newest first', async () => {
    const shas = async (fromMs: number, toMs: number) => (await repository.commitsBetween({ fromMs, toMs }, signal)).map(({ sha }) => sha);
    assert.deepEqual(await shas(0, NOW_MS), [NEW, OLD]);
    assert.deepEqual(await shas(NOW_MS - 2_000_000, NOW_MS), [NEW]);
  });

  it('hides commits later than the recording’s now', async () => {
    const [commit] = recording.commits;
    const later = { ...commit!, sha: 'f'.repeat(40), timestampMs: NOW_MS + 1000 };
    const withLater = createRecordedRepository({ ...recording, commits: [later, ...recording.commits] });
    assert.equal((await withLater.commitsBetween({ fromMs: 0, toMs: NOW_MS + 10_000 }, signal)).length, 2);
  });

  it('knows a commit by its name or the beginning of it', async () => {
    assert.equal(await repository.hasCommit(NEW, signal), true);
    assert.equal(await repository.hasCommit(NEW.slice(0, 7), signal), true);
    assert.equal(await repository.hasCommit(NEW.slice(0, 4), signal), false);
    assert.equal(await repository.hasCommit('0'.repeat(40), signal), false);
  });

  it('takes the earlier of two commits for contained in the later', async () => {
    assert.equal(await repository.isAncestor(OLD, NEW, signal), true);
    assert.equal(await repository.isAncestor(NEW, OLD, signal), false);
    assert.equal(await repository.isAncestor('unknown', NEW, signal), false);
  });

  it('has no files, and says that it does not know', async () => {
    assert.equal(repository.root, null);
    assert.equal(repository.name, 'shop');
    assert.deepEqual(await repository.listFiles(signal), []);
    assert.equal(await repository.fileAt(NEW, 'src/price.js', signal), null);
    assert.deepEqual(await repository.blame(NEW, 'src/price.js', [1, 2], signal), [null, null]);
    assert.deepEqual(await repository.mapLine(NEW, 'src/price.js', 5, signal), { path: 'src/price.js', line: 5, status: 'unknown' });
  });
});
