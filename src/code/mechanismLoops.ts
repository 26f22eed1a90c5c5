import { changedLines, hasAny, moreOf, replacementLine } from './changedLines';
import { indentOf } from './frames/text';
import type { MechanismHit } from './mechanism';
import type { DiffHunk, DiffLine, FileDiff } from './unifiedDiff';

const LOOP =
  /\b(?:for|while|foreach)\b\s*[( ]|\.(?:map|forEach|flatMap|reduce|filter)\s*\(|\bPromise\.all(?:Settled)?\s*\(|\bfor\s+\w+.*\bin\b/;

/** Calls that leave the process, as they are usually named. */
const REMOTE =
  /\.(?:query|queryRow|execute|exec|prepare|raw|findOne|findUnique|findBy\w*|findAll|selectFrom|fetchOne|fetch_one|fetchall|fetchone|aggregate|get_or_load|request)\w*\s*\(|\b(?:fetch|axios|got|urlopen|http\.(?:get|post|Get|Post))\s*[.(]|\bselect\b.+\bfrom\b|\w\(ctx\b|\bdb\.\w+\s*\(|\.objects\.\w+\(|\b\w*(?:repo|repository|dao|gateway|stub)\.\w+\(|\b[A-Z]\w+\.(?:find|find_by|where|first|load)\(/i;

/** Functions that read something one at a time, as they are usually named: `loadItems(order.id)`, `priceFor(id)`. */
const READER = /\b(?:load|fetch|find|query|select|lookup|read|get|list)(?:[A-Z_]\w*)\s*\(|\b\w+(?:For|Of|ById|_by_id|_for|_of)\s*\(/;

interface Call {
  readonly line: DiffLine;
  readonly strength: number;
}

/** What the rest of a file's diff says about its loops. */
export interface LoopContext {
  /** Functions whose new text reads from elsewhere. */
  readonly remoteFunctions: ReadonlySet<string>;
  /** Whether a query for many elements at once was removed. */
  readonly hadGrouped: boolean;
}

export function loopContext(file: FileDiff): LoopContext {
  const remoteFunctions = new Set(file.hunks.flatMap((hunk) => remoteDeclarations(hunk.lines.filter((line) => line.kind !== 'removed'))));
  const removed = file.hunks.flatMap((hunk) => hunk.lines.filter((line) => line.kind === 'removed'));
  const added = file.hunks.flatMap((hunk) => hunk.lines.filter((line) => line.kind === 'added'));
  const count = (lines: readonly DiffLine[]) => lines.filter((line) => GROUPED.test(line.text)).length;
  return { remoteFunctions, hadGrouped: count(removed) > count(added) };
}

const FUNCTION = /\b(?:function|def|func(?:\s*\([^()]{0,80}\))?|fun)\s+([\w$]+)|\bconst\s+([\w$]+)\s*=\s*(?:async\s*)?\(/;

function remoteDeclarations(lines: readonly DiffLine[]): string[] {
  return lines.flatMap((line, at) => {
    const match = FUNCTION.exec(line.text.slice(0, 400));
    const name = match?.[1] ?? match?.[2];
    if (name === undefined) return [];
    const indent = indentOf(line.text);
    const body = lines.slice(at + 1, at + 30);
    const end = body.findIndex((inside) => inside.text.trim() !== '' && indentOf(inside.text) <= indent);
    const isRemote = [line, ...body.slice(0, end === -1 ? body.length : end)].some((inside) => REMOTE.test(inside.text.slice(0, 400)));
    return isRemote ? [name] : [];
  });
}

/** Finds calls that are made for each element: a loop in the new text whose body, partly new, reads from elsewhere. */
export function findLoops(hunk: DiffHunk, context: LoopContext): MechanismHit[] {
  return [...findLazyLoads(hunk), ...findStandstill(hunk), ...findLoopCalls(hunk, context), ...findRetries(hunk)];
}

/** What counts how often something was tried, and what ends a loop once it worked. */
const TRIES = /\b(?:for|while|loop|until)\b.{0,80}?(?:attempt|retr(?:y|ies)|tries)/i;
const FAILS = /\b(?:try|catch|except|rescue|err)\b/;
const ENDS = /\b(?:return|break)\b/;

/** A loop that tries the same again until it works, rather than for each of many elements. */
function isRetry({ text }: DiffLine, body: readonly { readonly text: string }[]): boolean {
  return TRIES.test(text.slice(0, 400)) && [FAILS, ENDS].every((sign) => body.some((inside) => sign.test(inside.text.slice(0, 400))));
}

function findRetries(hunk: DiffHunk): MechanismHit[] {
  const retriesIn = (lines: readonly DiffLine[]) =>
    lines.flatMap((line, at) => {
      const text = line.text.slice(0, 400);
      const loop = !TRIES.test(text) || isComment(text) ? null : LOOP.exec(text);
      return loop !== null && isRetry(line, bodyOf(lines, at, loop.index)) ? [line] : [];
    });
  const now = retriesIn(hunk.lines.filter((line) => line.kind !== 'removed'));
  const first = now.find((line) => line.kind === 'added');
  if (first === undefined || now.length <= retriesIn(hunk.lines.filter((line) => line.kind !== 'added')).length) return [];
  return [{ kind: 'retry_added', line: first.newLine, weight: 0.5, reason: 'what fails is now tried again in a loop' }];
}

/** How object mappers are told to load what belongs to rows along with them; without it each row asks for its own. */
const EAGER =
  /\bselect_related\(|\bprefetch_related\(|\.(?:includes|preload|eager_load|Include|ThenInclude|joinedload|selectinload|with)\((?:[:"'[]|\w+ ?=>|\w+\.\w+\))|\b(?:joinedload|selectinload|subqueryload)\(|@EntityGraph|\bJOIN FETCH\b|FetchType\.EAGER|@BatchSize/i;

function findLazyLoads(hunk: DiffHunk): MechanismHit[] {
  const [removed, added] = [changedLines(hunk, 'removed'), changedLines(hunk, 'added')];
  const gone = moreOf(removed, added, EAGER);
  if (gone === null || hasAny(added, GROUPED)) return [];
  const reason = 'what belongs to each row is no longer loaded along with the rows';
  return [{ kind: 'query_in_loop', line: replacementLine(hunk, gone), weight: 0.65, reason }];
}

/** What moves a loop on to the next page or element, or asks for it. */
const STEP = /\b\w*(?:page|offset|cursor|index|skip|position|marker|\bi|token)\w*\s*(?:\+=|\+\+|=\s*[\w.]*(?:next|\+\s*\d))/i;

function findStandstill(hunk: DiffHunk): MechanismHit[] {
  const [removed, added] = [changedLines(hunk, 'removed'), changedLines(hunk, 'added')];
  const gone = moreOf(removed, added, STEP);
  const isInLoop = hunk.lines.some((line) => line.kind !== 'removed' && LOOP.test(line.text.slice(0, 400)));
  if (gone === null || !isInLoop || hasAny(added, STEP)) return [];
  return [{ kind: 'query_in_loop', line: replacementLine(hunk, gone), weight: 0.6, reason: 'what moved a loop on was removed' }];
}

function findLoopCalls(hunk: DiffHunk, context: LoopContext): MechanismHit[] {
  const now = hunk.lines.filter((line) => line.kind !== 'removed');
  const before = hunk.lines.filter((line) => line.kind !== 'added');
  const call = strongest(loopCalls(now, context).filter(({ isNew }) => isNew));
  if (call === null) return [];
  const earlier = loopCalls(before, context);
  if (earlier.some((other) => squeeze(other.line.text) === squeeze(call.line.text) || other.strength >= call.strength)) return [];
  const weight = Math.min(0.9, call.strength + (context.hadGrouped ? 0.2 : 0));
  const reason = context.hadGrouped
    ? 'one grouped query became a query for each element'
    : 'a query or call is made for each element of a loop';
  return [{ kind: 'query_in_loop', line: call.line.newLine, weight, reason }];
}

const GROUPED =
  /select_related|prefetch_related|\bincludes?\(|preload|eager_load|joinedload|join fetch|\bIN\s*\(|\bJOIN\b|\bGROUP BY\b|\bANY\s*\(|\bWHERE\b.+\bIN\b|findMany|IN_BATCH|batch|bulk/i;

const squeeze = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

function strongest(calls: readonly Call[]): Call | null {
  let best: Call | null = null;
  for (const call of calls) if (best === null || call.strength > best.strength) best = call;
  return best;
}

/** Remote calls inside of loops. `isNew` when the call or its loop was added. */
function loopCalls(lines: readonly DiffLine[], context: LoopContext): (Call & { readonly isNew: boolean })[] {
  const calls: (Call & { readonly isNew: boolean })[] = [];
  for (const [at, line] of lines.entries()) {
    if (isComment(line.text)) continue;
    const loop = LOOP.exec(line.text.slice(0, 400));
    if (loop === null) continue;
    const body = bodyOf(lines, at, loop.index);
    if (isRetry(line, body)) continue;
    for (const inside of body) {
      const strength = remoteness(inside.text, context);
      if (strength > 0) calls.push({ line: inside.line, strength, isNew: line.kind === 'added' || inside.line.kind === 'added' });
    }
  }
  return calls;
}

/** What runs for each element: the rest of the loop's own line, and the lines that are indented deeper. */
function bodyOf(lines: readonly DiffLine[], at: number, from: number): { line: DiffLine; text: string }[] {
  const loop = lines[at];
  if (loop === undefined) return [];
  const starts = [loop.text.indexOf('=>', from), headEnd(loop.text, from)].filter((start) => start !== -1);
  const body = starts.length === 0 ? [] : [{ line: loop, text: loop.text.slice(Math.min(...starts)) }];
  const indent = indentOf(loop.text);
  for (const line of lines.slice(at + 1, at + 40)) {
    if (line.text.trim() === '') continue;
    if (indentOf(line.text) <= indent) break;
    if (!isComment(line.text)) body.push({ line, text: line.text });
  }
  return body;
}

const HEAD = /^(?:for|while|foreach)(?:\s+await)?\s*\(/;

/** Where the parenthesis that opens a loop's head is closed again; -1 for loops without one, or when it goes on in the next line. */
function headEnd(text: string, from: number): number {
  const head = HEAD.exec(text.slice(from, from + 40));
  if (head === null) return -1;
  let depth = 1;
  for (let at = from + head[0].length; at < Math.min(text.length, from + 400); at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return -1;
}

function remoteness(text: string, context: LoopContext): number {
  const bounded = text.slice(0, 400);
  if (REMOTE.test(bounded)) return 0.65;
  for (const match of bounded.matchAll(/([A-Za-z_$][\w$]*)\s*\(/g)) if (context.remoteFunctions.has(match[1] ?? '')) return 0.65;
  if (/\bawait\s/.test(bounded)) return 0.55;
  return READER.test(bounded) ? 0.5 : 0;
}

const isComment = (text: string) => /^\s*(?:\/\/|#|\*|\/\*)/.test(text);
