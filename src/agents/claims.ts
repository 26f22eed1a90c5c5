import { tokens } from './quality/words';

/** What a sentence can rest on: the facts that it cites, and what everybody was told of the incident. */
export interface Backing {
  readonly text: string;
  /** Names of all services of the case. */
  readonly services: readonly string[];
}

type ClaimRule = (text: string, backing: Backing) => string | null;

const NUMBER = /(?<![\p{L}\p{N}_.])\d[\d,.]*(?<![,.])/gu;
const SMALL = 10;
const plainNumber = (number: string) => String(Number(number.replaceAll(',', '')));

/** The numbers of a text as plain decimals; small whole ones may count something and are left out. */
export const numbersIn = (text: string): readonly string[] =>
  (text.match(NUMBER) ?? []).map(plainNumber).filter((number) => !(/^\d+$/.test(number) && Number(number) <= SMALL));

export const numbersOf = (text: string): ReadonlySet<string> => new Set((text.match(NUMBER) ?? []).map(plainNumber));

/** A number that stands in another fact than those that are cited is a wrong claim as well. */
const otherNumber: ClaimRule = (text, backing) => {
  const said = numbersIn(text);
  if (said.length === 0) return null;
  const told = numbersOf(backing.text);
  return said.some((number) => !told.has(number)) ? 'it holds a number that its facts do not' : null;
};

const otherService: ClaimRule = (text, { text: told, services }) => {
  const named = new Set(tokens(text));
  const isOther = services.some((service) => named.has(service) && !told.includes(service));
  return isOther ? 'it names a service that its facts do not' : null;
};

/** Two words joined with `_`, a dot or a slash, or in camel case: a name in code. */
const NAME = /(?<![\p{L}\p{N}])(?:[a-z]\w+(?:[_./]\w{2,})+|[a-z]{2,}[A-Z]\w+)/gu;

const otherName: ClaimRule = (text, { text: told }) => {
  const lower = told.toLowerCase();
  return (text.match(NAME) ?? []).some((name) => !lower.includes(name.toLowerCase())) ? 'it names what its facts do not' : null;
};

/** What can be wrong with a system, by the words that speak of it. Whoever claims one of these read it in a fact. */
const TROUBLES: readonly RegExp[] = [
  /\bmemory\b|\boom|\bheap\b|\bgarbage\b|\bgc\b|\bleak/,
  /\bcpu|\bprocessor|\bthrottl/,
  /\bdisks?\b|\bvolumes?\b|\bstorage\b|\binodes?\b|\bspace\b|\benospc\b/,
  /\bcert|\btls\b|\bssl\b|\bexpir/,
  /\bpool/,
  /\bnetwork|\bpackets?\b|\bdns\b|\bfirewall/,
  /\b(?:dead)?lock(?:s|ed|ing)?\b|\bcontention\b/,
  /\bqueue|\bbacklog|\blag\b/,
  /\bquota|\brate limit|\blimited\b|\b429\b/,
  /\btraffic\b|\bsurge\b|\bthroughput\b|\bhits\b|\brequests? (?:rate|volume|count)/,
  /\bcach(?:e|ing)/,
  /\bretr(?:y|ie)/,
  /\btime ?d? ?-?outs?\b|\btimed out\b|\bdeadline/,
  /\bdatabase|\bdb\b|\bsql|\bpostgres|\bmysql|\bmongo|\bredis|\bquery\b|\bqueries\b/,
  /\brestart|\bcrash|\breboot|\bexited\b|\bbackoff\b|\bback off\b/,
  /\bflags?\b|\btoggle/,
  /\battack|\bddos\b|\bbreach|\bhack|\bmalware\b|\bintru/,
  /\bregions?\b|\bzones?\b|\bdata ?cent(?:er|re)/,
  /\bcorrupt|\bdata loss\b|\blost data\b/,
  /\brecover|\bback to normal\b|\bsubsided\b|\bresolved\b/,
];

/** Words of identifiers stand alone: `db_pool_in_use`, `OOMKilled`. */
const plain = (text: string) =>
  text
    .replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .replace(/[_.:/-]/g, ' ')
    .toLowerCase();

/** A sentence that wonders or sends somebody to look claims nothing. */
const OPEN =
  /\bwhether\b|\bif\b|\?$|^(?:see|check|look|compare|find|verify|confirm|inspect|ask|open|read|show|test|watch|make sure|ensure)\b/i;

const otherTrouble: ClaimRule = (text, { text: told }) => {
  if (OPEN.test(text)) return null;
  const [said, known] = [plain(text), plain(told)];
  return TROUBLES.some((trouble) => trouble.test(said) && !trouble.test(known)) ? 'it claims what its facts do not speak of' : null;
};

const UP = /\b(?:rose|risen|rises?|rising|increas\w+|higher|grew|grown|climb\w*|spik\w+|jump\w*|surg\w+|slower|more)\b/i;
const DOWN = /\b(?:fell|fallen|falls?|falling|decreas\w+|lower|dropped|drops?|declin\w+|shrank|shrunk|faster|fewer|less)\b/i;

/** It says that something fell where its facts only say that something rose, or the other way round. */
const otherDirection: ClaimRule = (text, { text: told }) => {
  const turns = (said: RegExp, contrary: RegExp) => said.test(text) && !contrary.test(text) && contrary.test(told) && !said.test(told);
  return turns(DOWN, UP) || turns(UP, DOWN) ? 'it turns its facts around' : null;
};

const RULES: readonly ClaimRule[] = [otherNumber, otherService, otherName, otherTrouble, otherDirection];

/** What a sentence claims that the facts behind it do not bear out; empty where nothing is seen. Linear in both texts. */
export function claimFaults(text: string, backing: Backing): readonly string[] {
  return RULES.map((rule) => rule(text, backing)).filter((fault) => fault !== null);
}
