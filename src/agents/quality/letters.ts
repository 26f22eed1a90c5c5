import type { TextRule } from '../textQuality';
import { isKnownWord, proseWords, tokens, withoutQuotes } from './words';

/** Letters that are drawn like Latin ones: full width, mathematical, circled, small capitals, modifier letters. */
const STYLED =
  /[\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\u1d00-\u1d2b\u1d2c-\u1d6a\u2c60-\u2c7f]|[\u{1d400}-\u{1d7ff}]|[\u{1f130}-\u{1f189}]/u;
const LATIN = /\p{Script=Latin}/u;
const OTHER = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Hebrew}]/u;
/** Greek signs of units and formulas that stand before Latin letters: `μs`, `Δt`, `σ2x`. */
const SIGN = /^[μΔδσλπΩθ]\p{Script=Latin}{0,4}$/u;
const UNIT_OHM = /^[\p{Script=Latin}]{1,2}Ω$/u;

/** A word of letters of two scripts reads as a word that it is not. */
export const lookAlikes: TextRule = (text) => {
  if (STYLED.test(text)) return 'letters only look like the usual ones';
  const parts = tokens(text).flatMap((token) => token.split(/[^\p{L}\p{M}]+/u));
  const mixed = parts.some((part) => LATIN.test(part) && OTHER.test(part) && !SIGN.test(part) && !UNIT_OHM.test(part));
  return mixed ? 'letters of several alphabets are mixed in a word' : null;
};

const NOT_LATIN = /^(?=.*\p{L})(?!.*\p{Script=Latin}).{2,}$/u;

/** More of a text in other scripts is no quotation. */
const MAX_QUOTED_SHARE = 0.34;

/** The answer is asked for in English; words of other scripts may only be quoted, and be few. */
export const foreignScript: TextRule = (text, { known }) => {
  const said = tokens(withoutQuotes(text));
  const foreign = said.filter((token) => NOT_LATIN.test(token.replace(/[\p{N}\p{P}]/gu, '')));
  const isMuch = foreign.length > said.length * MAX_QUOTED_SHARE;
  return isMuch || foreign.some((token) => !known.includes(token)) ? 'it is not in English' : null;
};

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const ENGLISH = words(
  'the a an and or of to in on at by for with from is are was were be been has have had it its this that these those not no as which when while after before since than then there their they will would can could should may might must more most one only also but so if into out over under between during because where what who how each all any both other same still just about against through until without does did do up down check open look run find roll compare see make set add ask',
);
/** Words of grammar of the usual other languages that are no English ones. */
const FOREIGN = words(
  'et der das und ist nicht ein eine einen einem einer mit auf für wurde wurden dem von zu zum zur sich auch durch bei nach oder aber wenn weil dass werden haben sind wird keine fehler le les une dans pour que qui sur avec pas est sont cette ces du aux mais par el los las una por para del se es y como más pero il che di non per della sono questo o os um uma não com het een niet voor zijn maar och att det som för på inte är jest nie się że na ve bir bu için ile de la und',
);

/** More grammar of another language than of English. Names, titles and lists of identifiers have none of either. */
export const foreignLanguage: TextRule = (text, { known }) => {
  const said = proseWords(text).map((word) => word.toLowerCase());
  const foreign = said.filter((word) => FOREIGN.has(word)).length;
  const english = said.filter((word) => ENGLISH.has(word)).length;
  if (foreign >= 2 && foreign > english) return 'it is not in English';
  const isProse = said.length >= 12 && english === 0 && said.filter((word) => !isKnownWord(word, known)).length > said.length / 2;
  return isProse ? 'it does not read as English' : null;
};
