import assert from 'node:assert/strict';
import type { LogEvent } from '../../../src/domain/log';
import { createLogCompactor } from '../../../src/recording/compactLogs';

const logOf = (of: Partial<LogEvent>): LogEvent => ({
  timestampMs: 1,
  service: 'shop',
  status: 'info',
  host: null,
  message: 'm',
  attributes: {},
  tags: ['env:prod'],
  ...of,
});

describe('compacting logs', () => {
  it('changes nothing that a log says', () => {
    const compact = createLogCompactor();
    const logs = [logOf({}), logOf({ host: 'h-1', attributes: { a: 1 } }), logOf({ tags: [] }), logOf({ tags: ['a', 'b'] })];
    assert.deepEqual(logs.map(compact), logs);
  });

  it('keeps equal lists of tags and empty attributes once', () => {
    const compact = createLogCompactor();
    const [first, second] = [compact(logOf({})), compact(logOf({ message: 'n' }))];
    assert.equal(first.tags, second.tags);
    assert.equal(first.attributes, second.attributes);
  });

  it('keeps apart tags that hold line breaks', () => {
    const compact = createLogCompactor();
    assert.deepEqual(compact(logOf({ tags: ['a\nb'] })).tags, ['a\nb']);
    assert.deepEqual(compact(logOf({ tags: ['a', 'b'] })).tags, ['a', 'b']);
  });

  it('goes on when there are more different ones than it remembers', () => {
    const compact = createLogCompactor();
    const logs = Array.from({ length: 10_050 }, (_, at) => logOf({ service: `s${at}`, tags: [`t:${at}`] }));
    assert.deepEqual(logs.map(compact).slice(-60), logs.slice(-60));
  });
});
