/**
 * What people who run systems write for the same thing: abbreviations, error numbers of operating systems (errno.h) and status
 * codes of HTTP. Each becomes the words on its right, on both sides of a search.
 */
const SAME = `
db database
dbs database
mem memory
oom oom memory
oomkilled oom memory killed
oomkill oom memory killed
conn connection
conns connection
k8s kubernetes
kube kubernetes
pg postgres
pgsql postgres
psql postgres
postgresql postgres
cert certificate
certs certificate
x509 certificate
ssl tls
https tls
config configuration
configs configuration
cfg configuration
env environment
envs environment
err error
errs error
req request
reqs request
rps request rate
qps request rate
resp response
lat latency
slow slow latency
slower slow latency
slowness slow latency
auth authentication
fs filesystem
vol volume
repl replication
rev revision
deps dependency
downstream dependency
upstream dependency
mq queue
econnrefused connection refused
econnreset connection reset
etimedout timeout
timedout timeout
esockettimedout timeout
enospc disk space full
emfile file descriptors
enfile file descriptors
enotfound dns resolve
eai_again dns resolve
ehostunreach network unreachable
enetunreach network unreachable
err_cert_date_invalid certificate expired
cert_has_expired certificate expired
429 rate limit quota
throttle throttled rate limit
throttled throttled rate limit
throttling throttled rate limit
5xx 5xx error
500 5xx error
502 5xx gateway unavailable
503 5xx unavailable
504 5xx gateway timeout
p50 latency percentile
p90 latency percentile
p95 latency percentile
p99 latency percentile
p999 latency percentile
gc garbage collection
crashloopbackoff crash loop restart
crashloop crash loop
crashlooping crash loop
deadlock deadlock lock
deadlocks deadlock lock
deadlocked deadlock lock
rollout deployment
rollouts deployment
deploy deployment
deploys deployment
deployed deployment
release deployment
releases deployment
released deployment
throughput traffic
inode inode disk
inodes inode disk
`;

const WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  SAME.trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([from = '', ...to]) => [from, to] as const),
);

/** The plain words for an abbreviation or an error code in lower case; the word itself for others. */
export const plainWords = (word: string): readonly string[] => WORDS.get(word) ?? [word];
