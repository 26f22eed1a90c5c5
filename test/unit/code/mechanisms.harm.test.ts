import assert from 'node:assert/strict';
import type { MechanismKind } from '../../../src/code/mechanism';
import { findMechanisms } from '../../../src/code/mechanisms';
import { parseUnifiedDiff } from '../../../src/code/unifiedDiff';

const patch = (path: string, ...rows: string[]) =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -10,9 +10,9 @@ function handle(request) {\n${rows.join('\n')}\n`;
const kinds = (path: string, ...rows: string[]) => findMechanisms(parseUnifiedDiff(patch(path, ...rows))).map(({ kind }) => kind);

describe('Ways to do harm in a diff', () => {
  const present: readonly [string, MechanismKind, string, string[]][] = [
    ['a default that was flipped', 'default_flipped', 'a.ts', ['-  strictParsing: false,', '+  strictParsing: true,']],
    ['a setting of a new name', 'setting_renamed', 'a.yaml', ['-SMTP_HOST: relay', '+SMTP_RELAY_HOST: relay']],
    ['a variable that is new', 'setting_renamed', 'a.py', ['-HOST = os.environ["SMTP_HOST"]', '+HOST = os.environ["RELAY_HOST"]']],
    ['a column of a new name', 'schema_changed', 'm.rb', ['+    rename_column :a, :body_text, :body']],
    ['a column that must not be null', 'schema_changed', 'm.sql', ['+ALTER TABLE a ALTER COLUMN b SET NOT NULL;']],
    [
      'a promise that is not waited for',
      'await_dropped',
      'a.ts',
      ['-  const held = await hold(seat, 1);', '+  const held = hold(seat, 1) as Held;'],
    ],
    ['a breaker that is gone', 'breaker_removed', 'A.cs', ['-  .AddPolicyHandler(Policy.CircuitBreakerAsync(5, pause));', '+  ;']],
    ['retries without a pause', 'retry_removed', 'a.py', ['-@retry(stop=stop(3), wait=wait_exponential(max=5))', '+@retry(stop=stop(3))']],
    [
      'a client that blocks an event loop',
      'blocking_call_added',
      'a.py',
      [' async def rates():', '-    await client.read(url)', '+    requests.get(url)'],
    ],
    [
      'rows that load theirs one by one',
      'query_in_loop',
      'a.rb',
      ['-  account.invoices.includes(:lines).recent', '+  account.invoices.recent'],
    ],
    ['seconds where milliseconds are meant', 'timeout_lowered', 'a.ts', ['+    signal: AbortSignal.timeout(settings.bankTimeoutSeconds),']],
    ['milliseconds where seconds are meant', 'timeout_raised', 'a.py', ['+    client.get(url, timeout=settings.BANK_TIMEOUT_MS)']],
    ['a duration in Java', 'timeout_lowered', 'A.java', ['-  .timeout(Duration.ofSeconds(3))', '+  .timeout(Duration.ofMillis(300))']],
    [
      'a time span in C#',
      'timeout_lowered',
      'A.cs',
      ['-  c.Timeout = TimeSpan.FromMinutes(1);', '+  c.Timeout = TimeSpan.FromSeconds(2);'],
    ],
    ['a number that no longer fits', 'arithmetic_changed', 'A.kt', ['-  fun balance(of: Id): Long =', '+  fun balance(of: Id): Int =']],
    ['a default between arguments', 'default_flipped', 'a.ts', ['-  ranks: read("ranks", false),', '+  ranks: read("ranks", true),']],
    ['a key of an object that is sent', 'field_renamed', 'a.ts', ['-  postal_code: address.postal,', '+  postalCode: address.postal,']],
    ['a level in XML', 'log_volume_raised', 'logback.xml', ['-  <logger name="a" level="INFO"/>', '+  <logger name="a" level="TRACE"/>']],
    ['a probe of another path', 'probe_tightened', 'd.yaml', [' readinessProbe:', '-  path: /healthz', '+  path: /readyz']],
    ['a proxy that lets less pass', 'rate_lowered', 'n.conf', ['-limit_req zone=a rate=200r/s;', '+limit_req zone=a rate=10r/s;']],
    [
      'a permission taken from a list in a line',
      'access_changed',
      'iam.tf',
      [' statement {', '-  actions = ["s3:GetObject", "s3:PutObject"]', '+  actions = ["s3:GetObject"]'],
    ],
    ['a package of a lock file', 'dependency_changed', 'package-lock.json', ['-  "version": "1.0.0"', '+  "version": "1.0.1"']],
    ['an index that locks', 'schema_changed', 'm.sql', ['+CREATE INDEX a_b ON a (b);']],
    ['a lock', 'lock_widened', 'a.go', ['-\tq := "SELECT 1"', '+\tq := "SELECT 1 FOR UPDATE"']],
    ['a lock that went', 'lock_removed', 'a.go', ['-\tt.mu.Lock()', '-\tdefer t.mu.Unlock()', ' \tt.seen[id] = at']],
    ['a connection that is kept', 'not_released', 'a.go', ['-\tdefer rows.Close()', ' \treturn scan(rows)']],
    ['a map that only grows', 'unbounded_growth', 'a.ts', ['+const seen = new Map<string, Visit>();', '+seen.set(key, visit);']],
    ['an eviction that went', 'unbounded_growth', 'a.java', ['-    .maximumSize(1000)', '+    .recordStats()']],
    [
      'a handler of errors that went',
      'handler_removed',
      'a.py',
      ['-    try:', '-        run()', '-    except KeyError:', '-        pass', '+    run()'],
    ],
    ['a key of a cache', 'cache_key_changed', 'a.py', ['-    cache_key = f"p:{user}"', '+    cache_key = f"p:{user}:{request}"']],
    ['a call on the way', 'call_added', 'a.ts', ['+  const risk = await axios.post(url, order);']],
    ['a pattern that backtracks', 'regex_changed', 'a.py', ['+A = re.compile(r"^([a-z]+[._]?)+@")']],
    ['a field of another name', 'field_renamed', 'A.java', ['-    @JsonProperty("postCode")', '+    @JsonProperty("postal_code")']],
    ['a bound', 'arithmetic_changed', 'a.ts', ['-  while (at < rows.length) at += 1;', '+  while (at <= rows.length) at += 1;']],
    ['a clock', 'arithmetic_changed', 'a.py', ['-    return datetime.now(timezone.utc)', '+    return datetime.now()']],
    ['ciphers', 'tls_changed', 'a.go', ['-\tMinVersion: tls.VersionTLS10,', '+\tMinVersion: tls.VersionTLS13,']],
    ['a stricter check', 'throw_added', 'a.ts', ['-  code: z.string().min(2),', '+  code: z.string().regex(/^[0-9]{5}$/),']],
    ['more retries of a client', 'retry_added', 'a.ts', ['-const RETRIES = 2;', '+const RETRIES = 15;']],
    ['a new version of a dependency', 'dependency_changed', 'package.json', ['-    "pg": "8.11.0",', '+    "pg": "8.12.0",']],
  ];
  for (const [what, kind, path, rows] of present) {
    it(`show ${what}`, () => assert.ok(kinds(path, ...rows).includes(kind)));
  }
});
