import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KEY_EVENTS, keyEventOf, mentionedKinds } from '../../../../src/signals/logs/keyEvents';

const HITS: Readonly<Record<string, readonly string[]>> = {
  'killed for memory': [
    'Out of memory: Killed process 4711 (node) total-vm:1kB',
    'node invoked oom-killer: gfp_mask=0x1',
    'Container shop was OOMKilled',
    'Memory cgroup out of memory: Kill process 12 (java) score 1000',
  ],
  'out of memory': [
    'java.lang.OutOfMemoryError: Java heap space',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'MemoryError',
    "terminate called after throwing an instance of 'std::bad_alloc'",
    'fork: Cannot allocate memory',
  ],
  'too many open files': ['accept4: too many open files', 'Error: EMFILE, open x'],
  'disk full': [
    'write /var/lib/x: no space left on device',
    'Error: ENOSPC: no space left on device, write',
    'ServerFileSystem domain: filesystem /var is full',
  ],
  'disk error': ['blk_update_request: I/O error, dev sda, sector 12', 'Input/output error', 'cannot touch x: Read-only file system'],
  'certificate expired': ['x509: certificate has expired or is not yet valid', 'Error: certificate has expired code CERT_HAS_EXPIRED'],
  'TLS failure': [
    'remote error: tls: handshake failure',
    'javax.net.ssl.SSLHandshakeException: PKIX path building failed',
    'SSL routines: certificate verify failed',
    'x509: certificate signed by unknown authority',
  ],
  deadlock: [
    'ERROR: deadlock detected',
    'Deadlock found when trying to get lock; try restarting transaction',
    'fatal error: all goroutines are asleep - deadlock!',
  ],
  'lock timeout': [
    'Lock wait timeout exceeded; try restarting transaction',
    'canceling statement due to lock timeout',
    'could not obtain lock on row in relation "orders"',
  ],
  'pool exhausted': [
    'pgx pool: context deadline exceeded acquiring connection (pool exhausted)',
    'FATAL: sorry, too many clients already',
    'ERROR 1040 (HY000): Too many connections',
    'QueuePool limit of size 5 overflow 10 reached',
    'FATAL: remaining connection slots are reserved for superusers',
  ],
  'rate limited': [
    '429 Too Many Requests',
    'upstream answered with status 429',
    'Quota exceeded for quota metric reads',
    'API rate limit exceeded for 10.0.0.1',
    'rpc error: code = RESOURCE_EXHAUSTED',
  ],
  'connection refused': [
    'dial tcp 10.0.0.7:5432: connect: connection refused',
    'connect ECONNREFUSED 127.0.0.1:6379',
    'No connection could be made because the target machine actively refused it',
  ],
  'DNS failure': [
    'getaddrinfo ENOTFOUND db.internal',
    'dial tcp: lookup db on 10.0.0.2:53: no such host',
    'java.net.UnknownHostException: db',
    'Temporary failure in name resolution',
    'curl: (6) Could not resolve host: db.internal',
  ],
  'deadline exceeded': ['context deadline exceeded', 'rpc error: code = DeadlineExceeded desc = x', 'DEADLINE_EXCEEDED'],
  timeout: [
    'connect ETIMEDOUT 10.0.0.7:5432',
    'upstream inventory timeout after 5000ms',
    'java.net.SocketTimeoutException: Read timed out',
    'request to payments timed out',
    '504 Gateway Timeout',
  ],
  'connection reset': [
    'read: connection reset by peer',
    'Error: socket hang up',
    'write: broken pipe',
    'ECONNRESET',
    'server closed the connection unexpectedly',
  ],
  crash: [
    'panic: runtime error: invalid memory address',
    "thread 'main' panicked at src/main.rs:2:5",
    'node[12]: segfault at 0 ip 00007f',
    'Segmentation fault (core dumped)',
    'Kernel panic - not syncing',
  ],
  'restart loop': [
    'Back-off restarting failed container shop',
    'pod shop in CrashLoopBackOff',
    'shop.service: Start request repeated too quickly.',
  ],
  'probe failed': ['Liveness probe failed: HTTP probe failed with statuscode: 500', 'health check failed for target 10.0.0.1'],
  'permission denied': [
    'open /etc/shadow: permission denied',
    'AccessDeniedException: no',
    'user ann is not authorized to read',
    'EACCES: x',
  ],
  unavailable: [
    '503 Service Unavailable',
    'connect: no route to host',
    'no healthy upstream',
    '502 Bad Gateway',
    'circuit breaker is open',
  ],
};

const NEAR_MISSES = [
  'no deadlock found',
  'deadlock detection took 3 ms',
  'deadlock detector started',
  'connection refused count: 0',
  'connection refused count: 0.0',
  'timeouts=0',
  '0 connection timeouts in the last minute',
  '0 errors',
  'request timeout is 30s',
  'read timeout = 5000',
  'connection timeout set to 30 seconds',
  'oom_score_adj set to 1000',
  'retry on connection refused is enabled',
  'finished without permission denied',
  'certificate is valid until 2027, it has not expired',
  'memory usage 40 %',
  'disk usage at 40 %',
  'heap size 12 MB',
  'room 429 is free',
  'pool size is 10',
  'recovered from panic mode settings',
  'never out of memory again',
  'resolved host db.internal in 2 ms',
  'avoiding deadlock by ordering locks',
  'panic button pressed in the elevator',
  'lock acquired',
  'TLS handshake finished in 3 ms',
  'reset the connection counter',
  'health check passed',
  'Permission granted',
];

describe('keyEventOf', () => {
  for (const [event, messages] of Object.entries(HITS))
    it(`knows ${event}`, () => {
      for (const message of messages) assert.equal(keyEventOf(message), event, message);
    });

  it('has messages here for every event', () => {
    assert.deepEqual(
      KEY_EVENTS.map(({ name }) => name),
      Object.keys(HITS),
    );
  });

  it('takes no message for trouble that denies it, counts none of it, or speaks of a setting', () => {
    for (const message of NEAR_MISSES) assert.equal(keyEventOf(message), null, message);
  });

  it('counts what happened, be it once or often', () => {
    assert.equal(keyEventOf('connection refused count: 10'), 'connection refused');
    assert.equal(keyEventOf('connection refused: 10.0.0.1'), 'connection refused');
    assert.equal(keyEventOf('connection refused: 0.0.0.0:80'), 'connection refused');
  });

  it('is only looked for closely where the shape of the message speaks of it', () => {
    assert.deepEqual(
      mentionedKinds('connection refused count: 0').map(({ name }) => name),
      ['connection refused'],
    );
    assert.deepEqual(mentionedKinds('all is well'), []);
    fc.assert(fc.property(fc.string(), (message) => keyEventOf(message) === keyEventOf(message, KEY_EVENTS)));
  });

  it('reads hostile messages in time that grows with their length, and the beginning of long ones', () => {
    for (const unit of [
      'connection ',
      'pool ',
      'tls ssl ',
      'deadlock',
      'certificate is ',
      'lock wait ',
      'timed out ',
      'no ',
      '\n',
      'probe ',
    ])
      keyEventOf(unit.repeat(100_000));
    assert.equal(keyEventOf(`${'x'.repeat(5_000_000)} out of memory`), null);
  });
});
