/** Values that hold nothing: placeholders of people and of templates, types, and lookups of a variable. */
const EMPTY =
  /^(?:null|none|nil|undefined|true|false|string|str|boolean|bool|number|int|integer|bytes|text|varchar|any|required|optional|redacted|hidden|masked|filtered|\[?(?:redacted|filtered|hidden|masked)\]?|[*x•.?_-]+|\$\{[^}]{0,200}\}?|\$\([^)]{0,200}\)?|\{\{[^}]{0,200}(?:\}\})?|%[sdv]|(?:this|self|config|settings|options|props|args|env)\.[\w.]{1,100}|(?:process\.env|os\.environ|os\.getenv|System\.getenv)\b.{0,200})$/i;
const VARIABLE = /^\$[A-Z_][A-Z0-9_]*$/;

export const isEmptyValue = (value: string) => value === '' || (value.length <= 220 && (EMPTY.test(value) || VARIABLE.test(value)));

/** Letters and digits mixed, as people do not write words. */
export function isMixed(value: string, length: number): boolean {
  return value.length >= length && /\d/.test(value) && /[A-Za-z]/.test(value) && !/[\s:]/.test(value);
}

const MIN_BITS = 3;
const SAMPLE = 256;

/** Shannon entropy of the characters is that of a key: at least 3 bits each. */
export function isRandom(value: string): boolean {
  if (!isMixed(value, 16)) return false;
  const counts = new Map<string, number>();
  const sample = value.slice(0, SAMPLE);
  for (const character of sample) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / sample.length) * Math.log2(count / sample.length);
  return bits >= MIN_BITS;
}
