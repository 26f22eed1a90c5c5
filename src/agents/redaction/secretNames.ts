/** Whatever stands behind such a name is secret; its words are in lower case with `_` between them. */
const STRONG =
  /pass_?w(?:or)?[dt]|kennwort|geheim(?:nis|wort)|pass_?phrase|pass_?code|pwd|secret(?!ar)|(?:api|app|application|access|account|private|signing|encryption|master|shared|auth)_?key|(?:^|_)(?:access|refresh|auth|session|security|bearer|id|api|bot|personal|deploy|app|vault)_?token|authorization|credential|cookie/;

/** Behind such a name stands a secret when the value looks random. */
const WEAK = new Set([
  'token',
  'tokens',
  'key',
  'auth',
  'session',
  'sessionid',
  'sid',
  'jwt',
  'csrf',
  'xsrf',
  'nonce',
  'salt',
  'sig',
  'signature',
  'dsn',
  'bearer',
  'credential',
  'otp',
  'hmac',
]);

/** A name that ends so speaks about a secret and does not hold one. */
const ABOUT = new Set(
  'name names path file files arn uri url ref refs count counts length size type types expires expiry expiration expired expire ttl policy usage used limit limits version max min timeout enabled disabled required error errors invalid missing valid field fields header prefix manager provider store rotation rotated age date request requests attempt attempts resets at reset ms sec seconds minutes days changed exception failure failed'.split(
    ' ',
  ),
);

/** The value of these headers goes to the end of the line. */
const HEADERS = /^(?:proxy-?)?authorization$|^(?:set-?)?cookie$/i;

export type NameKind = 'strong' | 'weak' | 'header' | 'none';

/** Tells by a name, such as `dbPassword`, `DD_API_KEY` or `spring.datasource.password`, whether its value is secret. */
export function kindOfName(name: string): NameKind {
  if (HEADERS.test(name)) return 'header';
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  const last = words.at(-1);
  if (last === undefined || ABOUT.has(last) || last === 'id') return isSessionId(words) ? 'weak' : 'none';
  if (STRONG.test(words.join('_')) || last === 'pass' || last === 'pw') return 'strong';
  return words.some((word) => WEAK.has(word)) ? 'weak' : 'none';
}

const isSessionId = (words: readonly string[]) => words.at(-1) === 'id' && words.at(-2) === 'session';
