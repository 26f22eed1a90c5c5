import { changedLines, codeOf, hasAny, moreOf, replacementLine } from './changedLines';
import type { MechanismHit } from './mechanism';
import type { DiffHunk } from './unifiedDiff';

const CACHE_READ =
  /\b(?:cache|cached|memo|memoize|lru_cache|redis)\b[\w$]*\s*[.(]|\w(?:Cache|Memo)\b[\w$]*[.(]|@(?:lru_cache|cached?|Cacheable)\b/i;
const BLOCKING =
  /\b(?:readFileSync|writeFileSync|execSync|spawnSync|pbkdf2Sync|scryptSync|hashSync|Thread\.sleep|time\.[sS]leep)\b|\.(?:join|block|get)\(\)\s*;?\s*\/\/\s*wait|\brunBlocking\b|\.Result\b|\.Wait\(\)/;
/** Clients that hold their thread until the answer is there, which stops everything where threads are shared. */
const BLOCKING_CLIENT =
  /^(?!.*\bawait\b).*(?:\brequests\.(?:get|post|put|patch|delete|head|request)\(|\burlopen\(|\bsubprocess\.(?:run|call|check_output)\(|\bos\.system\(|\bpsycopg2?\.connect\(|\bThread\.sleep\(|\btime\.sleep\(|\bexecuteQuery\(|\bRestTemplate\b|\.(?:block|GetResult)\(\))/;
const ASYNC = /\basync\s+(?:def|fn|function|fun)\b|\bsuspend\s+fun\b|\basync\s+\w+\s*\(|\bMono<|\bFlux<|\bsetImmediate\b/;
const BREAKER = /circuit_?breaker|\bbreaker\b|hystrix|resilience4j|bulkhead|opossum|gobreaker|pybreaker|fallbackMethod/i;
const BACK_OFF = /back_?off|wait_(?:exponential|fixed|random)|exponential|jitter|retry_?(?:delay|wait|interval)/i;
const RETRYING = /retr(?:y|ies)|attempt/i;
const VERBOSE =
  /\b(?:set_?)?(?:log_?)?(?:level|verbosity)\b["']?\s*[=:(,].{0,40}\b(?:debug|trace|verbose|all)|\bset_?level\(.{0,40}(?:debug|trace)/i;
const THROWING = /\bthrow\s+new\b|\bthrow\s+\w|\braise\s+\w|\bpanic\(|\.Fatal\w*\(|\babort\(\d/;
const HANDLER = /\bcatch\b|\brescue\b|\bexcept\b|\brecover\(\)|\bon_?error\b/i;
const REMOTE =
  /\bfetch\(|\baxios\b|\bgot[.(]|\bhttp(?:x|Client|\.client)?\.(?:get|post|put|request|send|Get|Post|Do)\w*\(|\brequests\.(?:get|post|put)\(|\burlopen\(|\b(?:Rest|Web)(?:Template|Client)\b|\.(?:invoke|rpc|callService|publishAndWait)\(|\bHTTParty\b|\bNet::HTTP\b/;
const LOG_BODY = /\blog\w*\b.{0,60}(?:body|payload|dump|stringify|to_json|toString\(\)|inspect|pprint|%\+v)/i;

interface CallRule {
  readonly kind: MechanismHit['kind'];
  readonly pattern: RegExp;
  /** 0..1, see `Mechanism.weight`. */
  readonly weight: number;
  readonly reason: string;
  /** What must stand in the new text around it. */
  readonly near?: RegExp;
}

/** What does harm where it comes. */
const CAME: readonly CallRule[] = [
  { kind: 'blocking_call_added', pattern: BLOCKING, weight: 0.5, reason: 'a call that blocks was added' },
  {
    kind: 'blocking_call_added',
    pattern: BLOCKING_CLIENT,
    weight: 0.65,
    reason: 'a call that blocks was put where others wait for the same thread',
    near: ASYNC,
  },
  { kind: 'throw_added', pattern: THROWING, weight: 0.3, reason: 'a new error is thrown' },
  { kind: 'call_added', pattern: REMOTE, weight: 0.45, reason: 'a call to another service was added' },
  { kind: 'log_volume_raised', pattern: LOG_BODY, weight: 0.5, reason: 'whole payloads are logged' },
  { kind: 'log_volume_raised', pattern: VERBOSE, weight: 0.6, reason: 'much more is logged' },
];

/** What does harm where it goes. */
const WENT: readonly CallRule[] = [
  { kind: 'cache_removed', pattern: CACHE_READ, weight: 0.6, reason: 'the use of a cache was removed' },
  { kind: 'breaker_removed', pattern: BREAKER, weight: 0.6, reason: 'what made calls fail fast was removed' },
  { kind: 'retry_removed', pattern: BACK_OFF, weight: 0.6, reason: 'retries no longer wait', near: RETRYING },
  { kind: 'handler_removed', pattern: HANDLER, weight: 0.5, reason: 'the handling of an error was removed' },
];

/** Caches, waits, breakers, errors and remote calls that came or went. */
export function findCalls(hunk: DiffHunk): MechanismHit[] {
  const [removed, added] = [changedLines(hunk, 'removed'), changedLines(hunk, 'added')];
  const now = hunk.lines.filter((line) => line.kind !== 'removed');
  const isNear = ({ near }: CallRule) => near === undefined || hasAny(now, near);
  const came = CAME.filter(isNear).flatMap(({ kind, pattern, weight, reason }) => {
    const line = moreOf(added, removed, pattern);
    return line === null ? [] : [{ kind, line: line.newLine, weight, reason }];
  });
  const went = WENT.filter(isNear).flatMap(({ kind, pattern, weight, reason }) => {
    const line = moreOf(removed, added, pattern);
    return line === null || hasAny(added, pattern) ? [] : [{ kind, line: replacementLine(hunk, line), weight, reason }];
  });
  return [...came, ...went, ...findCacheKeys(hunk)];
}

const CACHE_KEY = /cache_?key|key_?for|\bkey\b.{0,40}(?:=|:|return)|cache\w*\.(?:get|set|fetch|getOrLoad|get_or_set)\(/i;

/** The name under which something is kept was changed: all of it is missed at first, or two things share a name. */
function findCacheKeys(hunk: DiffHunk): MechanismHit[] {
  const gone = changedLines(hunk, 'removed').find((line) => isCacheKey(codeOf(line)));
  const came = changedLines(hunk, 'added').find((line) => isCacheKey(codeOf(line)));
  if (gone === undefined || came === undefined || keyText(codeOf(gone)) === keyText(codeOf(came))) return [];
  return [{ kind: 'cache_key_changed', line: came.newLine, weight: 0.6, reason: 'the key of a cache was changed' }];
}

const isCacheKey = (text: string) => CACHE_KEY.test(text) && keyText(text) !== '';

/** What is quoted in a line: the pattern of a key. */
const keyText = (text: string) => [...text.matchAll(/[`"']([^`"']{2,120})[`"']/g)].map((match) => match[1]).join('|');
