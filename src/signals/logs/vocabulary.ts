/** Words that mean a value rather than a message: parts of a date, units, truth values. General knowledge, no system's. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

export const MONTHS = set(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec January February March April June July August September October November December',
);
export const WEEKDAYS = set('Mon Tue Wed Thu Fri Sat Sun Monday Tuesday Wednesday Thursday Friday Saturday Sunday');
/** What follows a time of day. */
export const ZONES = set('AM PM am pm UTC GMT EST EDT CST CDT MST MDT PST PDT CET CEST BST WET EET MSK IST JST Z');
export const TRUTH_VALUES = set('true false True False TRUE FALSE null NULL nil none None undefined yes no YES NO on off');
export const UNITS = set(
  'B KB MB GB TB kB KiB MiB GiB bytes Bytes bits ns us µs ms s sec secs seconds msec msecs usec min mins minutes hours days % Hz MHz GHz',
);
/** Last labels of the names of hosts. */
export const HOST_ENDINGS = set(
  'com net org edu gov mil int io co ai app dev cloud info biz local localdomain internal lan intranet corp home arpa svc uk de fr nl be at ch it es pt se no dk fi pl cz sk hu ro bg gr ru ua tr il in cn hk tw jp kr sg my th vn id ph au nz za br mx ar cl pe ca us eu me tv cc ir sa ae',
);
/** First labels of names that are read backwards, as Java packages and bundle ids are; they name code, not a host. */
export const REVERSED_STARTS = set(
  'com org net io edu gov java javax jakarta sun android androidx kotlin scala akka system de uk fr cn jp me dev app',
);
/** In prose, what follows one of these is somebody's or something's name. */
export const NAMING_WORDS = set(
  'user User username account login principal host hostname node client device interface tenant customer member',
);
