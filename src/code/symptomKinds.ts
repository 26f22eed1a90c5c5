import { ownWords } from '../domain/ownWords';

/**
 * What an incident shows itself as. `errors` and `latency` fit nearly every cause; the others say what kind of cause it must
 * be, so that a change which cannot bring them about is not to blame.
 */
export type SymptomKind =
  | 'errors'
  | 'latency'
  | 'crash'
  | 'timeout'
  | 'cpu'
  | 'memory'
  | 'connections'
  | 'disk'
  | 'load'
  | 'cache'
  | 'auth'
  | 'tls'
  | 'expired'
  | 'data'
  | 'config'
  | 'name'
  | 'restart'
  | 'throttled'
  | 'lock'
  | 'backlog'
  | 'linkage'
  | 'upstream';

const GENERAL: ReadonlySet<SymptomKind> = new Set(['errors', 'latency']);

/** Whether a kind fits nearly every cause. */
export const isGeneral = (kind: SymptomKind) => GENERAL.has(kind);

/** How programs, databases and platforms usually word each kind. */
const WORDS: readonly (readonly [SymptomKind, RegExp])[] = [
  [
    'crash',
    /nil pointer|null ?pointer|NoneType|undefined \(reading|of undefined|of null|is not a function|is undefined|NoMethodError|undefined method|SIGSEGV|segmentation fault|(?:index|range).{0,12}out of (?:range|bounds)|(?:Index|Key|Attribute|Type)Error|ClassCast|panic:|panicked|ArithmeticException|OverflowE|(?:integer|arithmetic) overflow|object reference not set|called `?\w+::unwrap/i,
  ],
  [
    'timeout',
    /time[- ]?d?[- ]?out|deadline|took too long|did not (?:return|respond|answer|reply|finish) (?:with)?in\b|context cancell?ed/i,
  ],
  [
    'connections',
    /\bpool\b|HikariPool|connections? (?:is|are) not available|too many (?:clients|connections|open files|sockets)|connection (?:slots|limit)|max_connections|acquir\w* (?:a )?(?:new )?connection|EMFILE|file descriptors|goroutines?\b.{0,20}(?:leak|\d{4})|ephemeral port/i,
  ],
  [
    'memory',
    /out of memory|\bOOM|heap (?:space|limit|out)|MemoryError|cannot allocate|GC overhead|memory (?:limit|pressure|usage)|(?:exit )?code 137/i,
  ],
  ['disk', /no space left|disk (?:is )?full|ENOSPC|disk (?:usage|quota|pressure)|read-only file system|too many parts|volume is full/i],
  ['cpu', /\bcpu\b|event loop (?:lag|delay|block)|backtrack/i],
  [
    'auth',
    /\b40[13]\b|unauthori[sz]ed|unauthenticated|forbidden|(?:permission|access)[ _]?denied|not authori[sz]ed|invalid[ _](?:token|audience|issuer|signature|scope|credentials|client|grant|api key)|insufficient[ _](?:scope|privileg|permission)|\baudience\b|\bjwt\b|\bcsrf\b|\bCORS\b|Access-Control/i,
  ],
  ['tls', /x509|certificate|\btls\b|\bssl\b|handshake|cipher/i],
  [
    'expired',
    /certificate (?:has |is )?expired|expired certificate|CERT_HAS_EXPIRED|certificate .{0,60}is expired|(?:licen[sc]e|secret|api key|credentials?|password|domain|subscription) (?:has |have |is )?expired/i,
  ],
  [
    'data',
    /does not exist|unknown (?:column|field|key|enum|type)|no such (?:column|table)|undefined column|invalid (?:column|input|value|format|json|enum|date|number)|unmarshal|deseriali[sz]|serializ|decod(?:e|ing)|\bschema\b|missing (?:required )?(?:field|property|column|parameter)|unexpected (?:token|field|type|value|end)|validation|constraint|violat|duplicate (?:key|entry|record)|null value in|cannot be null|pars(?:e|ing)|malformed|mismatch|wrong type|\b4(?:00|09|22)\b|incorrect|out of order|negative|checksum|unprocessable/i,
  ],
  [
    'config',
    /environment variable|\benv(?:ironment)? var|(?:is|was) not (?:set|configured)|missing (?:config|setting|key|secret|environment)|no value for|config(?:uration)? (?:key|error|value)|KeyError|required (?:key|setting|configuration|environment)|unset/i,
  ],
  [
    'name',
    /no such host|\bENOTFOUND|EAI_AGAIN|name or service not known|name resolution|NXDOMAIN|getaddrinfo|\bdns\b|UnknownHost|could not resolve|connection refused|ECONNREFUSED|no route to host|unknown topic|NoSuchBucket/i,
  ],
  [
    'restart',
    /CrashLoop|back-?off restarting|probe failed|liveness|readiness|failed to start|restarting|exit code|\bkilled\b|evicted|unhealthy|cannot start/i,
  ],
  ['throttled', /\b429\b|too many requests|rate.?limit|throttl|quota|SlowDown|(?<!memory )limit exceeded|RESOURCE_EXHAUSTED/i],
  [
    'lock',
    /deadlock|lock wait|lock.{0,16}time|could not obtain lock|contention|serialization failure|\bCAS\b|conflict|blocked by|concurrent (?:map|modification|update)|data race/i,
  ],
  ['backlog', /\blag\b|backlog|queue (?:depth|full|size|is full)|unprocessed|dead.?letter|rebalanc|max\.poll|not keeping up|stale/i],
  ['cache', /cache miss|hit ratio|stampede|cache is cold/i],
  [
    'linkage',
    /incompatib|version (?:conflict|mismatch)|duplicate registration|cannot find module|NoSuchMethod|NoClassDef|ClassNotFound|ImportError|ModuleNotFound|undefined symbol|\bABI\b|symbol lookup|unsupported class file|could not load file or assembly/i,
  ],
];

const MAX_CHARS = 10_000;

/** The kinds of symptoms that a text speaks of; not `errors`, `latency`, `load` and `upstream`, which words alone do not tell. */
export function symptomsIn(text: string): Set<SymptomKind> {
  const bounded = text.slice(0, MAX_CHARS);
  return new Set(WORDS.flatMap(([kind, words]) => (words.test(bounded) ? [kind] : [])));
}

/** What comes from around the code: peers, names, dates, disks and quotas; and what code does wrong all by itself. */
const AROUND: ReadonlySet<SymptomKind> = new Set(['timeout', 'disk', 'tls', 'expired', 'name', 'throttled']);
const OWN: readonly SymptomKind[] = ['crash', 'data', 'linkage'];

/** The kinds of trouble around the code that errors speak of; none where they speak of the code's own faults as well. */
export function kindsAround(errorText: string): Set<SymptomKind> {
  const kinds = symptomsIn(ownWords(errorText));
  return OWN.some((kind) => kinds.has(kind)) ? new Set() : new Set([...kinds].filter((kind) => AROUND.has(kind)));
}

/** What names of metrics say that they measure. */
const METRICS: readonly (readonly [SymptomKind, RegExp])[] = [
  ['cache', /hit_?(?:ratio|rate)|cache.{0,12}miss|eviction/],
  ['cpu', /cpu|event_?loop|load_?avg/],
  ['memory', /mem(?:ory)?(?:_|$|\.)|heap|\brss\b|_rss|oom|gc_/],
  ['connections', /pool|connection|conns?(?:_|$)|\bfds?\b|file_desc|socket|goroutine|threads/],
  ['disk', /disk|storage|inode|volume|parts_count/],
  ['load', /qps|queries|rows|_per_(?:request|call|operation)|iops|rpc_calls|fanout|requests?_per_s/],
  ['backlog', /\blag\b|_lag|lag_|queue|backlog|unacked|pending|dead_?letter|dlq/],
  ['restart', /restart|replicas|uptime|pods?_ready|crash/],
  ['auth', /40[13]|auth|denied|forbidden|login/],
  ['throttled', /throttl|429|rate_?limit|quota/],
  ['lock', /lock|contention|conflict|cas_retry/],
  ['timeout', /time_?out|deadline/],
  ['data', /parse|decode|schema|validation|mismatch|missing|invalid|rejected|4xx|422|400|reconcil|discrepan|duplicate/],
  ['crash', /panic|exception/],
];

/** The kinds that a metric measures by its name. */
export function symptomsOfMetric(metric: string): SymptomKind[] {
  const name = metric.slice(0, 200).toLowerCase();
  return METRICS.flatMap(([kind, words]) => (words.test(name) ? [kind] : []));
}
