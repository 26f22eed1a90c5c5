import { changedLines, codeOf, hasAny, moreOf, replacementLine } from './changedLines';
import type { MechanismHit } from './mechanism';
import type { DiffHunk } from './unifiedDiff';

const CACHE_READ =
  /\b(?:cache|cached|memo|memoize|lru_cache|redis)\b[\w$]*\s*[.(]|\w(?:Cache|Memo)\b[\w$]*[.(]|@(?:lru_cache|cached?|Cacheable)\b/i;
const BLOCKING =
  /\b(?:readFileSync|writeFileSync|execSync|spawnSync|pbkdf2Sync|scryptSync|hashSync|Thread\.sleep|time\.[sS]leep)\b|\.(?:join|block|get)\(\)\s*;?\s*\/\/\s*wait|\brunBlocking\b|\.Result\b|\.Wait\(\)/;
const THROWING = /\bthrow\s+new\b|\bthrow\s+\w|\braise\s+\w|\bpanic\(|\.Fatal\w*\(|\babort\(\d/;
const HANDLER = /\bcatch\b|\brescue\b|\bexcept\b|\brecover\(\)|\bon_?error\b/i;
const REMOTE =
  /\bfetch\(|\baxios\b|\bgot[.(]|\bhttp(?:x|Client|\.client)?\.(?:get|post|put|request|send|Get|Post|Do)\w*\(|\brequests\.(?:get|post|put)\(|\burlopen\(|\b(?:Rest|Web)(?:Template|Client)\b|\.(?:invoke|rpc|callService|publishAndWait)\(|\bHTTParty\b|\bNet::HTTP\b/;
const LOG_BODY = /\blog\w*\b.{0,60}(?:body|payload|dump|stringify|to_json|toString\(\)|inspect|pprint|%\+v)/i;

/** Caches, waits, errors and remote calls that came or went. */
export function findCalls(hunk: DiffHunk): MechanismHit[] {
  const [removed, added] = [changedLines(hunk, 'removed'), changedLines(hunk, 'added')];
  const hits: MechanismHit[] = [];
  const cache = removed.find((line) => CACHE_READ.test(codeOf(line)));
  if (cache !== undefined && !hasAny(added, CACHE_READ))
    hits.push({ kind: 'cache_removed', line: replacementLine(hunk, cache), weight: 0.6, reason: 'the use of a cache was removed' });
  const came = (kind: MechanismHit['kind'], weight: number, reason: string, pattern: RegExp) => {
    const line = moreOf(added, removed, pattern);
    if (line !== null) hits.push({ kind, line: line.newLine, weight, reason });
  };
  came('blocking_call_added', 0.5, 'a call that blocks was added', BLOCKING);
  came('throw_added', 0.3, 'a new error is thrown', THROWING);
  came('call_added', 0.45, 'a call to another service was added', REMOTE);
  came('log_volume_raised', 0.5, 'whole payloads are logged', LOG_BODY);
  const handler = moreOf(removed, added, HANDLER);
  if (handler !== null && !hasAny(added, HANDLER))
    hits.push({
      kind: 'handler_removed',
      line: replacementLine(hunk, handler),
      weight: 0.5,
      reason: 'the handling of an error was removed',
    });
  return [...hits, ...findCacheKeys(hunk)];
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
