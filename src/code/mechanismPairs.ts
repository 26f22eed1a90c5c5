import { changedLines, codeOf, squeezed } from './changedLines';
import type { MechanismHit } from './mechanism';
import type { DiffHunk, DiffLine } from './unifiedDiff';

/** A line that was replaced by another much like it, and what differs. */
interface Pair {
  readonly old: readonly string[];
  readonly now: readonly string[];
  readonly oldText: string;
  readonly newText: string;
  readonly line: DiffLine;
}

const MAX_PAIRS = 40;
const MAX_HITS = 2;
const ALIKE = 0.7;

/** Finds what a line says differently from the one it replaced: another field, scope, bound or rounding. */
export function findPairs(hunk: DiffHunk): MechanismHit[] {
  const hits = pairsOf(hunk).flatMap((pair) => judge(pair) ?? []);
  return hits.sort((left, right) => right.weight - left.weight).slice(0, MAX_HITS);
}

/** Removed and added lines of a hunk in order; those that are the same but for blanks are left out. */
function pairsOf(hunk: DiffHunk): Pair[] {
  const read = (lines: readonly DiffLine[]) => lines.map((line) => ({ line, text: codeOf(line), tokens: tokensOf(codeOf(line)) }));
  const added = read(unlike(changedLines(hunk, 'added'), changedLines(hunk, 'removed')));
  const gone = read(unlike(changedLines(hunk, 'removed'), changedLines(hunk, 'added')));
  return added.flatMap(({ line, text, tokens }) => {
    const near = gone.find((old) => isAlike(old.tokens, tokens));
    if (near === undefined) return [];
    return [{ old: without(near.tokens, tokens), now: without(tokens, near.tokens), oldText: near.text, newText: text, line }];
  });
}

/** The first lines that no line of the other side says as well. */
function unlike(these: readonly DiffLine[], others: readonly DiffLine[]): readonly DiffLine[] {
  const said = new Set(others.map(squeezed));
  return these.filter((line) => !said.has(squeezed(line))).slice(0, MAX_PAIRS);
}

const tokensOf = (text: string) => text.match(/[A-Za-z_$][\w$]*|\d[\d_.]*|[<>=!]=+|&&|\|\||\?[.?]|[^\s\w]/g) ?? [];

/** Most of the shorter line stands in the other. */
function isAlike(old: readonly string[], now: readonly string[]): boolean {
  const shared = now.filter((token) => old.includes(token));
  return shared.length >= 3 && shared.length >= ALIKE * Math.min(old.length, now.length) && shared.some((token) => /^\w{2,}/.test(token));
}

function without(these: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return these.filter((token) => {
    const at = left.indexOf(token);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

const ACCESS =
  /scope|audience|\baud\b|issuer|\brole|permission|polic|grant|revoke|\ballow|\bacl\b|cors|origin|authori[sz]e|authenticate|same_?site|httponly|signing|algorithm|public_?key/i;
const SECURITY = /\btls|\bssl|MinVersion|MaxVersion|cipher|InsecureSkip|rejectUnauthorized|\bcert|verify/i;
const CLOCK = /utc|time_?zone|\btz\b|local_?time|LocalDate|datetime\.now|toISOString|getHours|strftime|DateTimeFormat/i;
const FIELD_TAG =
  /json:"|@JsonProperty|@SerializedName|@Column|\bdb:"|bson:"|yaml:"|=\s*\d+;\s*$|serialize|alias=|["'][\w-]+["']\s*:|\[["']\w+["']\]|\.get\(["']/;
/** A field of a protocol buffer, whose number is its name on the wire. */
const PROTO_FIELD = /^\s*(?:(?:repeated|optional|required)\s+)?(?!const|let|var|return|int |final|static)[\w.]+\s+\w+\s*=\s*\d+;/;
const CHECK =
  /regex|pattern|matches|required|min_?length|max_?length|not_?null|nullable|validat|@(?:NotNull|NotBlank|Pattern|Size|Min|Max|Valid)\b|additionalProperties|strict|\.(?:min|max|email|uuid|url)\(|enum\(/i;
const BOUND = /^(?:<|<=|>|>=|==|===|!=|!==|\+|-|\*|\/|%|&&|\|\||!|\/\/)$/;
const ROUNDING = /^(?:round|floor|ceil|trunc|int|parseInt|parseFloat|Math|BigDecimal|HALF_UP|HALF_EVEN|Decimal|float|double)$/;

function judge(pair: Pair): MechanismHit | null {
  const { old, now, line, newText, oldText } = pair;
  if (old.length + now.length === 0) return null;
  const both = `${oldText}\n${newText}`;
  const at = { line: line.newLine, names: tokensOf(both).filter((token) => /^[A-Za-z_]\w{3,}$/.test(token)) };
  const words = `${old.join(' ')} → ${now.join(' ')}`.slice(0, 80);
  if (old.includes('await') && !now.includes('await'))
    return { kind: 'await_dropped', weight: 0.65, reason: 'a result is used without waiting for it', ...at };
  if (old.some((token) => WIDE.test(token)) && now.some((token) => NARROW.test(token)))
    return { kind: 'arithmetic_changed', weight: 0.55, reason: `a type of number became too small for large ones (${words})`, ...at };
  if (SECURITY.test(both)) return { kind: 'tls_changed', weight: 0.5, reason: `how connections are secured was changed (${words})`, ...at };
  if (ACCESS.test(both)) return { kind: 'access_changed', weight: 0.55, reason: `who may do what was changed (${words})`, ...at };
  if (isFlip(old, now)) return { kind: 'default_flipped', weight: 0.5, reason: `a default was flipped (${words})`, ...at };
  if (CLOCK.test(`${old.join(' ')} ${now.join(' ')}`))
    return { kind: 'arithmetic_changed', weight: 0.5, reason: `which clock or time zone counts was changed (${words})`, ...at };
  if (CHECK.test(newText)) return { kind: 'throw_added', weight: 0.5, reason: `input is checked differently (${words})`, ...at };
  if (isRename(pair))
    return { kind: 'field_renamed', weight: 0.5, reason: `a field is read or written under another name (${words})`, ...at };
  const differing = [...old, ...now];
  const isCalculation = (token: string) => BOUND.test(token) || ROUNDING.test(token);
  const isBound = differing.some(isCalculation) && differing.every((token) => isCalculation(token) || /^[\d().,]/.test(token));
  if (isBound) return { kind: 'arithmetic_changed', weight: 0.35, reason: `a bound or a calculation was changed (${words})`, ...at };
  return null;
}

/** Types of numbers by what they hold. */
const WIDE = /^(?:long|bigint|u?int64(?:_t)?|[iu]64|double|float64|BigDecimal|BigInteger|Decimal|numeric)$/i;
const NARROW = /^(?:int|integer|u?int(?:16|32)(?:_t)?|[iu](?:16|32)|short|smallint|float|float32|toIntExact)$/i;

/** Nothing but true and false changed places. */
const isFlip = (old: readonly string[], now: readonly string[]) =>
  /^(?:true|false)$/i.test(old.join(' ')) && /^(?:true|false)$/i.test(now.join(' '));

/** A key of an object or map that is written, whose name others read. */
const OBJECT_KEY = /^\s*["']?([A-Za-z_$][\w$]*)["']?\s*:\s*(?:[\w$.]*[.(]|["'`\d])/;

/** One name for another where names are read by others: a tag, a key between quotes, a member, the number of a field. */
function isRename({ old, now, oldText, newText }: Pair): boolean {
  const names = (tokens: readonly string[]) => tokens.filter((token) => /^[A-Za-z_$\d]/.test(token));
  if (names(old).length !== 1 || names(now).length !== 1) return false;
  const [before = '', after = ''] = [names(old)[0], names(now)[0]];
  const isMember = (text: string, name: string) => new RegExp(`[.>]${name.replaceAll('$', '\\$')}\\b(?!\\s*\\()`).test(text);
  if (/^\d/.test(before) || /^\d/.test(after)) return PROTO_FIELD.test(newText);
  if (OBJECT_KEY.exec(oldText)?.[1] === before && OBJECT_KEY.exec(newText)?.[1] === after) return true;
  return (FIELD_TAG.test(oldText) && FIELD_TAG.test(newText)) || (isMember(oldText, before) && isMember(newText, after));
}
