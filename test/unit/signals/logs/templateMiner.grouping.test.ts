import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { groupingAccuracy, readLoghub, scoreLoghub } from '../../../benchmarks/loghubEval';
import { syntheticLogs } from '../../../benchmarks/syntheticLogs';

describe('groupingAccuracy', () => {
  it('counts a message as right only when its whole group is', () => {
    assert.equal(groupingAccuracy([0, 0, 1], ['a', 'a', 'b']), 1);
    assert.equal(groupingAccuracy([0, 1, 2], ['a', 'a', 'b']), 1 / 3);
    assert.equal(groupingAccuracy([0, 0, 0], ['a', 'a', 'b']), 0);
    assert.equal(groupingAccuracy([], []), 0);
  });
});

describe('readLoghub', () => {
  it('reads messages and groups of quoted rows, and is null where there is no such folder', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'aidog-loghub-'));
    try {
      assert.equal(readLoghub(dir), null);
      mkdirSync(path.join(dir, 'loghub', 'Toy'), { recursive: true });
      const rows = ['LineId,Content,EventId,EventTemplate', '1,"say ""hi"", 1",E1,x', '2,bye,E2,y', '3,"say ""hi"", 2",E1,x'];
      writeFileSync(path.join(dir, 'loghub', 'Toy', 'Toy_2k.log_structured.csv'), `${rows.join('\r\n')}\r\n`);
      const logs = readLoghub(dir);
      assert.deepEqual(logs, [{ name: 'Toy', messages: ['say "hi", 1', 'bye', 'say "hi", 2'], groups: ['E1', 'E2', 'E1'] }]);
      assert.deepEqual(scoreLoghub(logs!), [{ name: 'Toy', accuracy: 1, found: 2, labelled: 2 }]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe('syntheticLogs', () => {
  it('are the same for the same seed and name their groups', () => {
    assert.deepEqual(syntheticLogs(1, 50), syntheticLogs(1, 50));
    assert.notDeepEqual(syntheticLogs(1, 50), syntheticLogs(2, 50));
    for (const { messages, groups } of syntheticLogs(1, 50)) {
      assert.deepEqual([messages.length, groups.length], [50, 50]);
      assert.ok(messages.every((message) => message !== ''));
    }
  });
});
