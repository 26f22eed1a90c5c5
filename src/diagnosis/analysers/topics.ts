import type { Resource } from '../../signals/gauges/resource';

/** What systems of any kind say when it is this that troubles them, and the gauges that show it. */
export interface Topic {
  readonly said: RegExp;
  readonly resources: readonly Resource[];
  /** Whether what is said may tell how much of the whole is used, as in `310 of 500`. */
  readonly isCounted?: boolean;
}

export const MEMORY: Topic = {
  said: /out of memory|oom.?kill|heap (out|space|limit)|memory.?pressure|(memory|heap) (is )?(exhausted|critically low)|cannot allocate memory|exit code 137|low (on )?memory/i,
  resources: ['memory'],
  isCounted: true,
};

export const CPU: Topic = {
  said: /cpu[ \w]*(saturat|throttl|exhaust)|cpu[ \w]* (exceeded|above|at|over) (8[5-9]|9\d|100) ?%|load average/i,
  resources: ['cpu'],
};

export const CONNECTIONS: Topic = {
  said: /too many (connections|clients|open connections)|connection slots|max_connections|(connection )?pool[ \w]*(exhausted|timed? ?out|is full|limit|empty)|(acquir|obtain|get|check(ing)? ?out)\w* (a |new |an? idle )?(database |db )?(connection|session)s?|hikaripool.*not available|remaining connection/i,
  resources: ['connections'],
  isCounted: true,
};

export const DISK: Topic = {
  said: /no space left|disk[ \w]* (is )?full|storage.?full|out of (disk|storage)|(storage|disk)( space)? (is )?(critically )?low|low (on )?(storage|disk)|disk.?pressure|enospc|insufficient storage|inodes? (are )?exhausted/i,
  resources: ['disk'],
  isCounted: true,
};

export const QUOTA: Topic = {
  said: /\b(http|status|code|answered|returned|error)\W{0,3}(code\W{0,2})?429\b|\b429\b\W{0,3}(too|client|error)|too many requests|rate.?limit(ed|s|ing| exceeded)?\b|(?<!cpu[ _-]?)throttl(ed|ing)(?! ?cpu)|quota[ \w]*(exceeded|reached|exhausted)|exceeded (the )?quota|throughput ?exceeded|(request|api) ?limit ?exceeded|slow ?down: ?please|reduce your request rate/i,
  resources: ['quota'],
  isCounted: true,
};

export const CERTIFICATE: Topic = {
  said: /certificate[ \w"'.:=*-]{0,60}(expired|not (yet )?valid)|cert_has_expired|(x509|ssl|tls)[^.]{0,80}expired|expired[ \w]{0,20}certificate|certificate verify failed/i,
  resources: [],
};

export const CONTENTION: Topic = {
  said: /deadlock|lock (wait|timeout)|could not obtain lock|waiting for [ \w]*lock|blocked by (pid|session|transaction)|lwlock|checkpoints? (are occurring|storm)|consumer (group )?lag|queue (is )?(full|backed up|backlog)|disk ?queue/i,
  resources: ['queue', 'storage_io'],
};

export const LAG: Topic = {
  said: /repl(ica|ication)[ -]?lag|lag(ging)? behind|behind (the |its )?primary|stale (data|reads?)|standby[^.]{0,30} behind/i,
  resources: ['replication'],
};

export const CRASH: Topic = {
  said: /crash.?loop|back-?off restarting|restarting failed container|\bexit(ed|ing)?( with)?( status|[ _]code)[ =:]*[1-9]\d*|\bexited with [1-9]\d*|\bpanic\b|segmentation fault|core dumped|progress ?deadline ?exceeded/i,
  resources: ['restarts', 'replicas'],
};

export const NETWORK: Topic = {
  said: /\benotfound|eai_again|no such host|(name|dns)[ \w]{0,12} resol\w+|unable to resolve|could not resolve|servfail|nxdomain|packet loss|retransmi|ehostunreach|network (is )?unreachable|network ?policy|no route to host|i\/o timeout|etimedout/i,
  resources: ['network'],
};

/** Words by which systems say that trouble is over, or that work which was meant to be done is done. */
export const OVER =
  /recover(ed|y complete)|resolved|back to normal|restored|no longer|succe(ss|eded)|completed?\b|complete\.|finished|is available|now (running|ready|available)|available at|scal(ed|ing)[ -]?up|added a node|purged|renewed|storage[ \w]*(increased|scaled|extended)|autoscal\w+ (event )?complet/i;

/** Work that is meant to happen. */
export const PLANNED =
  /scheduled|planned|maintenance|backup|snapshot|batch|nightly|cron|rotation|health ?check|drill|\btest\b|routine|periodic/i;
