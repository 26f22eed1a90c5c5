import assert from 'node:assert/strict';
import { CRASH, QUOTA } from '../../../../src/diagnosis/analysers/topics';

const says = ({ said }: { readonly said: RegExp }, ...texts: readonly string[]) => texts.filter((text) => said.test(text));

describe('topics', () => {
  it('hear a quota that refuses requests', () => {
    const texts = [
      'api answered 429',
      'HTTP 429 Too Many Requests',
      'status code: 429',
      'Request throttled by the gateway',
      'SlowDown: Please reduce your request rate.',
      'rate limit exceeded for key',
    ];
    assert.deepEqual(says(QUOTA, ...texts), texts);
  });

  it('take no number, slowness or processor for a quota', () => {
    assert.deepEqual(says(QUOTA, 'took 429 ms', 'order 429 failed', 'a slowdown of searches', 'CPU throttling of the container'), []);
  });

  it('hear an exit code that is not zero, and no other exit', () => {
    const crashes = ['exited with code 137', 'exit code 1', 'exit status 2', 'exit_code=3', 'container exited with 1'];
    assert.deepEqual(says(CRASH, ...crashes), crashes);
    assert.deepEqual(says(CRASH, 'exit code 0', 'exit 12 of the motorway', 'flexit 3 opened'), []);
  });
});
