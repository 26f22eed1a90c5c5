import type { FrontMatter } from './frontMatter';
import type { RunbookQuestion } from './runbookQuestion';
import { tokensOf } from './tokens';

/** What a runbook says that it is about. */
export interface RunbookSubject {
  readonly title: string;
  readonly about: Pick<FrontMatter, 'alerts' | 'services' | 'types' | 'tags'>;
}

/** One word that two names share may be any word; two are a name. */
const NAME_WORDS = 2;

/**
 * Tells whether a runbook is about just what is asked, however little of the rest of the question it says: it is called like the
 * alert, or names a service in trouble together with the kind of incident or a word of the symptom.
 */
export function createSubjectCheck({ title, symptom, services, types }: RunbookQuestion): (subject: RunbookSubject) => boolean {
  const alert = namingWords(title ?? '');
  const names = services.map(namingWords).filter(({ size }) => size > 0);
  const trouble = namingWords([title, symptom, ...types].join(' '));
  return ({ title: own, about }) => {
    if ([own, ...about.alerts].some((name) => isSameName(alert, namingWords(name)))) return true;
    const said = namingWords([own, ...about.alerts, ...about.services, ...about.types, ...about.tags].join(' '));
    return names.some((name) => isWithin(name, said) && [...said].some((word) => trouble.has(word) && !name.has(word)));
  };
}

/** One has all the words of the other: `Orders fail` and `Orders fail in production`. */
function isSameName(alert: ReadonlySet<string>, name: ReadonlySet<string>): boolean {
  if (alert.size === 0 || name.size === 0) return false;
  return isWithin(alert, name) || (name.size >= NAME_WORDS && isWithin(name, alert));
}

const isWithin = (part: ReadonlySet<string>, whole: ReadonlySet<string>) => [...part].every((word) => whole.has(word));

/** Values and versions are no part of a name, and `service` stands in many. */
const namingWords = (text: string): ReadonlySet<string> =>
  new Set(tokensOf(text.slice(0, 2000)).filter((word) => !/^\d/.test(word) && word !== 'servic'));
