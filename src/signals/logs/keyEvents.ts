/** A message that is known to mean trouble, whatever wrote it. */
export interface KeyEventKind {
  /** What it is called in a sentence. */
  readonly name: string;
  /** Lower-case texts, one of which every such message holds; looked for before the pattern, which costs more. */
  readonly hints: readonly string[];
  readonly pattern: RegExp;
  /** Messages that only mention it. */
  readonly unless?: RegExp;
}

/** The wordings of kernels, runtimes, drivers and databases, in the order in which they are tried: causes before their symptoms. */
export const KEY_EVENTS: readonly KeyEventKind[] = [
  {
    name: 'killed for memory',
    hints: ['oom', 'out of memory'],
    pattern: /\boom-?kill(?:ed|er)?\b|\boomkilled\b|out of memory: kill(?:ed)? process|invoked oom-killer|memory cgroup out of memory/i,
    unless: /oom[-_ ]?(?:killer)?[-_ ]?(?:score|adj)|oom-?killer (?:disabled|enabled)/i,
  },
  {
    name: 'out of memory',
    hints: ['memory', 'heap', 'enomem', 'std::bad_alloc'],
    pattern:
      /\bOutOfMemory(?:Error|Exception)?\b|\bout of memory\b|heap out of memory|\bMemoryError\b|cannot allocate memory|\bENOMEM\b|std::bad_alloc|Java heap space|GC overhead limit exceeded/i,
  },
  {
    name: 'too many open files',
    hints: ['open files', 'emfile', 'enfile'],
    pattern: /too many open files|\bEMFILE\b|\bENFILE\b/i,
  },
  {
    name: 'disk full',
    hints: ['space', 'disk', 'enospc', 'quota', 'filesystem'],
    pattern:
      /no space left on device|\bENOSPC\b|\bdisk (?:is )?(?:full|quota exceeded)\b|\bout of disk space\b|not enough (?:disk )?space|(?:filesystem|volume|partition) (?:\S+ )?is full\b/i,
  },
  {
    name: 'disk error',
    hints: ['i/o error', 'input/output', 'eio', 'bad sector', 'read-only file', 'medium error', 'erofs'],
    pattern: /\bI\/O error\b|input\/output error|\bEIO\b|\bbad sectors?\b|read-only file ?system|\bmedium error\b|\bEROFS\b/i,
  },
  {
    name: 'certificate expired',
    hints: ['certificate', 'cert_'],
    pattern:
      /certificate (?:has |is )?expired|certificate .{0,80}\b(?:has expired|is expired)|\bCERT_HAS_EXPIRED\b|certificate_expired|certificate has expired or is not yet valid/i,
  },
  {
    name: 'TLS failure',
    hints: ['tls', 'ssl', 'x509', 'certificate', 'handshake'],
    pattern:
      /(?:tls|ssl)[ :_-]?(?:\w+ )?(?:handshake)?[ :_-]?(?:failed|failure|error)\b|handshake[_ ]?(?:failed|failure|error)|x509: (?!certificate is valid)|certificate verify failed|unable to verify the first certificate|self[- ]signed certificate in|SSLHandshakeException|unknown certificate authority/i,
  },
  {
    name: 'deadlock',
    hints: ['deadlock'],
    pattern:
      /deadlock (?:found|detected|victim)|deadlocked\b|\bdeadlock\b(?=.{0,60}(?:abort|rolled back|roll(?:ing)? ?back|retry|restart|waiting))|was deadlocked on|all goroutines are asleep - deadlock/i,
    unless: /deadlock(?:s)? (?:detection|detector|check|timeout|monitor)\b/i,
  },
  {
    name: 'lock timeout',
    hints: ['lock', 'semaphore'],
    pattern:
      /lock (?:wait )?time(?:d )?-?out|lock wait timeout exceeded|could not (?:obtain|acquire) (?:\w+ )?lock|canceling statement due to lock timeout|failed to acquire (?:\w+ )?lock/i,
  },
  {
    name: 'pool exhausted',
    hints: ['pool', 'too many connections', 'too many clients', 'connection slots', 'queuepool'],
    pattern:
      /pool (?:\S+ )?(?:is |was )?(?:exhausted|empty|depleted)|connection pool.{0,40}(?:exhausted|timed? ?out|full)|too many connections|too many clients|remaining connection slots are reserved|QueuePool limit|unable to (?:get|acquire) a? ?connection from (?:the )?pool/i,
  },
  {
    name: 'rate limited',
    hints: ['429', 'rate limit', 'ratelimit', 'too many requests', 'quota', 'throttl', 'resource_exhausted'],
    pattern:
      /too many requests|rate[- ]?limit(?:ed|ing)?(?: has been| was)? (?:exceeded|reached|hit)|rate[- ]?limited\b|(?:status|code|http)\D{0,12}429\b|quota (?:has been )?exceeded|exceeded (?:\w+ ){0,3}quota|\bThrottlingException\b|request (?:was|has been) throttled|RESOURCE_EXHAUSTED/i,
  },
  {
    name: 'connection refused',
    hints: ['refused', 'econnrefused'],
    pattern: /connection (?:was |has been )?refused|(?<!no )connect(?:ion)?.{0,60}refused\b|\bECONNREFUSED\b|actively refused/i,
  },
  {
    name: 'DNS failure',
    hints: ['enotfound', 'eai_again', 'resol', 'no such host', 'name or service', 'nxdomain', 'unknownhost', 'getaddrinfo', 'unknown host'],
    pattern:
      /\bENOTFOUND\b|\bEAI_AGAIN\b|could ?n[o']t resolve (?:host|name|\S+\.\S+)|no such host|name or service not known|temporary failure in name resolution|\bNXDOMAIN\b|UnknownHostException|getaddrinfo (?:failed|error)|failed to resolve (?:host|name|'?[\w-]+\.[\w.-]+)|unknown host\b|name resolution (?:failed|failure)/i,
  },
  {
    name: 'deadline exceeded',
    hints: ['deadline'],
    pattern: /deadline ?exceeded|deadline_exceeded|exceeded (?:the |its )?deadline/i,
  },
  {
    name: 'timeout',
    hints: ['timeout', 'timed out', 'timedout', 'time out', 'time-out'],
    pattern:
      /\b(?:connection|connect|read|write|socket|request|call|query|operation|handshake|upstream|gateway|statement|i\/o|response|transaction|health check|probe)\b.{0,60}\b(?:timed[- ]?out|time-?out(?! (?:is|of|was|set|=|to|\d))(?:s|ed)?(?=$|[\s.,;!)\]:"']))|\bETIMEDOUT\b|\bESOCKETTIMEDOUT\b|\w+TimeoutException\b|TimeoutError\b|\btimed out (?:after|waiting|while|when|connecting)|upstream request timeout|context canceled.*timeout|Gateway Time-?out/i,
    unless: /\btime-?outs? ?(?:=|:|is|set to|of) ?\d/i,
  },
  {
    name: 'connection reset',
    hints: ['reset', 'broken pipe', 'epipe', 'econnaborted', 'unexpectedly', 'hang up', 'forcibly closed', 'aborted'],
    pattern:
      /connection (?:was |has been )?reset|\bECONNRESET\b|reset by peer|broken pipe|\bEPIPE\b|socket hang up|server closed the connection unexpectedly|forcibly closed by the remote host|software caused connection abort|\bECONNABORTED\b/i,
  },
  {
    name: 'crash',
    hints: [
      'panic',
      'segfault',
      'segmentation',
      'sigsegv',
      'sigabrt',
      'core dump',
      'fatal error',
      'access violation',
      'sigbus',
      'bug:',
      'general protection',
    ],
    pattern:
      /^panic: |\bpanic(?:ked|king)? at\b|\bpanicked\b|kernel panic|\bpanic recovered|\brecovered from panic:|\bpanic!|goroutine panic|runtime panic|\bsegfault\b|segmentation fault|\bSIGSEGV\b|\bSIGABRT\b|\bSIGBUS\b|core dumped|\bfatal error: |access violation|general protection fault|panic: runtime error/i,
  },
  {
    name: 'restart loop',
    hints: ['crashloop', 'back-off', 'backoff', 'start request repeated', 'restarting failed'],
    pattern: /CrashLoopBackOff|back-off (?:\S+ )?restarting failed container|start request repeated too quickly|ImagePullBackOff/i,
  },
  {
    name: 'probe failed',
    hints: ['probe', 'health check', 'healthcheck'],
    pattern:
      /(?:liveness|readiness|startup) probe (?:has )?failed|probe failed|health ?check (?:has )?failed|failed (?:the )?(?:liveness|readiness|health)[ -]?(?:probe|check)|marked (?:as )?unhealthy/i,
  },
  {
    name: 'permission denied',
    hints: [
      'permission',
      'eacces',
      'access denied',
      'access is denied',
      'eperm',
      'not authorized',
      'unauthorized',
      'accessdenied',
      'forbidden',
      'permission_denied',
    ],
    pattern:
      /permission (?:was )?denied|\bEACCES\b|\bEPERM\b|access (?:is |was )?denied|\bAccessDenied(?:Exception)?\b|(?:is|was|are) not authorized to|operation not permitted|PERMISSION_DENIED/i,
  },
  {
    name: 'unavailable',
    hints: [
      'unavailable',
      'unreachable',
      'no route',
      'not reachable',
      '503',
      '502',
      'bad gateway',
      'ehostunreach',
      'enetunreach',
      'healthy upstream',
      'circuit',
    ],
    pattern:
      /service (?:is )?(?:temporarily )?unavailable|(?:host|network) (?:is )?(?:unreachable|down)|no route to host|\bEHOSTUNREACH\b|\bENETUNREACH\b|bad gateway|no healthy upstream|circuit ?breaker (?:\S+ )?(?:is |was )?(?:now )?open(?:ed)?\b|rpc error: code = Unavailable/i,
  },
];

/** Words before a match that turn it round: `no deadlock found`, `0 connection timeouts`, `without permission denied`. */
const DENIED_BEFORE =
  /(?:\b(?:no|without|zero|never|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?|not|0|if|un(?:til|less)|when|recover(?:y|ed) from|ignor(?:e|ing)|fix(?:ed|es)?|handle[sd]?|retry on|simulat\w+)\b[^.;:]{0,24})$/i;
/** Counts of zero behind it: `connection refused count: 0`, `timeouts=0`. */
const ZERO_AFTER = /^[^.;,\n]{0,24}?[=:] ?0(?:\.0+)?(?![\d.x]|\.\d)|^\S* ?(?:count|total|errors|rate)s? (?:is |was )?0\b/i;
const MAX_READ = 2000;

/** What a message is known to mean; null for nothing in particular. Only `kinds` are tried. */
export function keyEventOf(message: string, kinds: readonly KeyEventKind[] = mentionedKinds(message)): string | null {
  const text = message.length > MAX_READ ? message.slice(0, MAX_READ) : message;
  for (const { name, pattern, unless } of kinds) {
    const found = pattern.exec(text);
    if (!found || unless?.test(text)) continue;
    if (!isDenied(text, found.index, found[0].length)) return name;
  }
  return null;
}

/** What a message speaks of at all, be it to deny it. Messages of one shape agree in this, since it is a matter of words. */
export function mentionedKinds(message: string): readonly KeyEventKind[] {
  const text = message.length > MAX_READ ? message.slice(0, MAX_READ) : message;
  const lower = text.toLowerCase();
  return KEY_EVENTS.filter(({ hints, pattern }) => hints.some((hint) => lower.includes(hint)) && pattern.test(text));
}

function isDenied(text: string, at: number, length: number): boolean {
  return DENIED_BEFORE.test(text.slice(Math.max(0, at - 40), at)) || ZERO_AFTER.test(text.slice(at + length, at + length + 60));
}
