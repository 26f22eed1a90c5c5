import { changedLines, codeOf, hasAny, moreOf, replacementLine } from './changedLines';
import { indentOf } from './frames/text';
import type { MechanismHit } from './mechanism';
import type { DiffHunk, DiffLine } from './unifiedDiff';

/** How languages give back what they took. */
const RELEASE =
  /\bdefer\s+[\w.()]+\.?(?:Close|Release|Rollback|Stop|Done|cancel|Unlock)\b|\bdefer\s+(?:cancel|close|release)\w*\(|\.(?:close|release|dispose|disconnect|destroy|end|unsubscribe|removeListener|off|shutdown|returnConnection|Close|Release|Dispose|Put)\(|\bclear(?:Interval|Timeout)\(|\bremoveEventListener\(|\bfinally\b|\bensure\b|\bwith\s+[\w.]+\(|\busing\s*\(|\busing\s+var\b|\btry\s*\(|\bputConnection\b/;
const ACQUIRE =
  /\.(?:connect|getConnection|acquire|checkout|openSession|Acquire|Conn|createClient|newConnection|leaseConnection)\(|\b(?:open|fopen|psycopg2?\.connect|redis\.Redis|MongoClient)\(|\bnew (?:FileInputStream|FileReader|Socket)\(/;

/** A connection, file, lock or timer is no longer given back, or a new one never is. */
export function findUnreleased(hunk: DiffHunk): MechanismHit[] {
  const [removed, added] = [changedLines(hunk, 'removed'), changedLines(hunk, 'added')];
  const gone = moreOf(removed, added, RELEASE);
  if (gone !== null && !hasAny(added, RELEASE)) {
    const line = replacementLine(hunk, gone);
    return [{ kind: 'not_released', line, weight: 0.65, reason: `what gave a resource back was removed ("${short(gone)}")` }];
  }
  const taken = moreOf(added, removed, ACQUIRE);
  const now = hunk.lines.filter((line) => line.kind !== 'removed');
  if (taken === null || hasAny(now, RELEASE)) return [];
  return [{ kind: 'not_released', line: taken.newLine, weight: 0.5, reason: `a resource is taken and not given back ("${short(taken)}")` }];
}

const EVICTION =
  /evict|max_?(?:size|entries|items)|maximumSize|expireAfter|\bLRU|lru_?cache|\.shift\(\)|\.pop(?:left|First)?\(\)|prune|\bdelete\s*\(|\bdelete\s+\w+\[|\.delete\(|\.remove\(|\bttl\b|maxlen|\bsetex\b|expire|['"]EX['"]|\bex=|(?:Queue|Channel|Deque)\w*(?:<[^<>]{0,40}>)?\(\s*(?:maxsize\s*=\s*)?\d/i;
const STORE =
  /(?:^|\s)(?:export\s+)?(?:static\s+|final\s+|private\s+|public\s+|const\s+|let\s+|var\s+)*[\w<>, $[\]]*\b\w+\s*(?::[^=]{1,60})?(?::=|=)\s*(?:new\s+(?:\w*Map|\w*Set|\w*List|ArrayList|WeakRef)\b|make\(map|map\[|\{\}|\[\]|dict\(|list\(|set\(|defaultdict\(|Hash\.new|Map\()/;
const KEEP = /\.(?:set|put|push|append|add|computeIfAbsent|offer)\(|\w\[[^\]]{1,60}\]\s*=[^=]|<<\s/;
const LISTENER = /\.(?:on|addListener|addEventListener|subscribe)\(|\bsetInterval\(|\bNewTicker\(/;
/** Work that runs beside the request that started it. */
const SPAWN =
  /^\s*go\s+[\w.]+\(|\bgo func\(|\bnew Thread\(|\bThread\.new\b|\bthreading\.Thread\(|\bcreate_task\(|\bensure_future\(|\bTask\.Run\(|\brunAsync\(|\bGlobalScope\.launch\b|\btokio::spawn\(|\bnew Worker\(/;
const BOUNDED = /semaphore|errgroup|limit|\bpool\b|executor|WaitGroup|acquire|backpressure/i;
const LOOPING = /\b(?:for|while|foreach|loop|each|forEach)\b/;

/** Something grows without an end: nothing is dropped any more, or a collection that outlives the request is filled. */
export function findGrowth(hunk: DiffHunk): MechanismHit[] {
  const [removed, added] = [changedLines(hunk, 'removed'), changedLines(hunk, 'added')];
  const gone = moreOf(removed, added, EVICTION);
  if (gone !== null && !hasAny(added, EVICTION)) {
    const line = replacementLine(hunk, gone);
    return [{ kind: 'unbounded_growth', line, weight: 0.55, reason: `what kept a collection small was removed ("${short(gone)}")` }];
  }
  const store = added.find((line) => STORE.test(codeOf(line)) && isLongLived(line));
  const now = hunk.lines.filter((line) => line.kind !== 'removed');
  if (store !== undefined && added.some((line) => KEEP.test(codeOf(line))) && !hasAny(now, EVICTION))
    return [
      {
        kind: 'unbounded_growth',
        line: store.newLine,
        weight: 0.6,
        reason: 'a collection that outlives requests is filled and never emptied',
      },
    ];
  const spawn = moreOf(added, removed, SPAWN);
  if (spawn !== null && !hasAny(now, BOUNDED)) {
    const reason = `work is started in the background, as much as comes ("${short(spawn)}")`;
    return [{ kind: 'unbounded_growth', line: spawn.newLine, weight: hasAny(now, LOOPING) ? 0.6 : 0.4, reason }];
  }
  const listener = moreOf(added, removed, LISTENER);
  if (listener === null || hasAny(now, RELEASE)) return [];
  return [
    {
      kind: 'unbounded_growth',
      line: listener.newLine,
      weight: 0.4,
      reason: `a listener, timer or routine is started and never ended ("${short(listener)}")`,
    },
  ];
}

/** At a file's top level, static, or a field of an object. */
const isLongLived = (line: DiffLine) =>
  indentOf(line.text) === 0 || /\bstatic\b|\bself\.\w+\s*=|\bthis\.\w+\s*=|@@\w|@\w+\s*=/.test(codeOf(line));

const LOCK =
  /\bsynchronized\b|\bmutex\b|\.(?:lock|Lock|acquire|RLock)\(|\bwith\s+[\w.]*lock\b|\bFOR UPDATE\b|\bLOCK TABLE\b|\bSERIALIZABLE\b|\bwith_lock\b|\bVACUUM FULL\b|@Transactional\b|\btransaction\s+do\b|\btransaction\.atomic\b|\bBeginTransaction\w*\(|\.\$?transaction\(|\.begin\(\)/i;

/** Work waits for a lock, or holds a transaction, that it did not take before, or does without one that it needs. */
export function findLocks(hunk: DiffHunk): MechanismHit[] {
  const [removed, added] = [changedLines(hunk, 'removed'), changedLines(hunk, 'added')];
  const taken = moreOf(added, removed, LOCK);
  if (taken !== null) return [{ kind: 'lock_widened', line: taken.newLine, weight: 0.55, reason: `a lock is taken ("${short(taken)}")` }];
  const gone = moreOf(removed, added, LOCK);
  if (gone === null) return [];
  return [{ kind: 'lock_removed', line: replacementLine(hunk, gone), weight: 0.55, reason: `a lock was removed ("${short(gone)}")` }];
}

const short = (line: DiffLine) => {
  const text = line.text.trim();
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
};
