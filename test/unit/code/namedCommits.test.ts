import assert from 'node:assert/strict';
import { DeployedCommits } from '../../../src/code/namedCommits';
import type { StackFrame, StackTrace } from '../../../src/domain/frame';
import type { Repository } from '../../../src/domain/ports';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const SHA = '3860e89d41c2aa01';

/** Knows the commit by any beginning of its id, as Git does, and version 1.4.2 of the service `shop`; counts questions. */
function repositoryWith(sha: string): Repository & { questions: number } {
  return {
    ...createMemoryRepository({ now: {} }),
    questions: 0,
    async hasCommit(name) {
      this.questions += 1;
      return name.length >= 7 && sha.startsWith(name);
    },
    async resolveVersion(version, service) {
      this.questions += 1;
      return version === '1.4.2' && service === 'shop' ? sha : null;
    },
  };
}

const traceIn = (...files: (string | null)[]): StackTrace => {
  const frames = files.map((file): StackFrame => ({ function: 'f', file, line: 1, column: null, kind: 'app' }));
  return {
    language: 'javascript',
    exceptions: [{ type: 'Error', message: '', relation: null, frames }],
    culpritFrame: 0,
    range: { start: 0, end: 0 },
  };
};

describe('The commit that ran', () => {
  it('is found by its id, by a version of the service, in any repository', async () => {
    const commits = new DeployedCommits([repositoryWith('ffffffffff'), repositoryWith(SHA)]);
    assert.equal(await commits.named(SHA.slice(0, 8), null, signal), SHA.slice(0, 8));
    assert.equal(await commits.named('1.4.2', 'shop', signal), 'ffffffffff');
  });

  it('keeps its name when nobody knows it', async () => {
    const commits = new DeployedCommits([repositoryWith(SHA)]);
    assert.equal(await commits.named('9.9.9', 'shop', signal), '9.9.9');
    assert.equal(await new DeployedCommits([]).named('9.9.9', null, signal), '9.9.9');
  });

  it('is asked for once', async () => {
    const repository = repositoryWith(SHA);
    const commits = new DeployedCommits([repository]);
    for (let round = 0; round < 3; round += 1) {
      await commits.named('1.4.2', 'shop', signal);
      await commits.inPaths(traceIn('/srv/abcdef1234/a.js', '/srv/abcdef1234/b.js'), signal);
    }
    assert.equal(repository.questions, 3);
  });

  it('is read from folders that are called after it', async () => {
    const inPaths = (...files: (string | null)[]) => new DeployedCommits([repositoryWith(SHA)]).inPaths(traceIn(...files), signal);
    assert.equal(await inPaths('/srv/releases/checkout-3860e89/index.js'), '3860e89');
    assert.equal(await inPaths(null, `C:\\deploy\\${SHA}\\a.cs`), SHA);
    assert.equal(await inPaths('/srv/abcdef12/app-v2_3860e89d/a.py'), '3860e89d');
  });

  it('is not read from folders and files that only look like it', async () => {
    const inPaths = (...files: string[]) => new DeployedCommits([repositoryWith(SHA)]).inPaths(traceIn(...files), signal);
    assert.equal(await inPaths('/srv/deadbeef/a.js', '/srv/checkout3860e89/a.js', '/srv/3860e8/a.js', '/srv/3860e89'), null);
  });
});
