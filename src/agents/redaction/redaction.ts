import { concealCardNumbers } from './cardNumbers';
import { concealIpAddresses } from './ipAddresses';
import { concealNamed } from './namedSecrets';
import { concealPersonalData } from './personalData';
import { type Conceal, Placeholders, type RedactedKind } from './placeholders';
import { concealPrivateKeys } from './privateKeys';
import { concealShapes } from './secretShapes';
import { isRandom } from './secretValues';

export interface RedactionSettings {
  /** E-mail addresses and phone numbers. */
  readonly personalData: boolean;
  readonly ipAddresses: boolean;
}

/** Replaces what must not leave the machine and puts it back into what comes from there. One for each investigation. */
export interface Redaction {
  /**
   * Secrets and card numbers always, personal data and addresses as set. The same value has the same placeholder in all texts.
   * Linear in the length of the text. For texts as they came: what is redacted already must not be redacted again.
   */
  redact(text: string): string;
  /** The values in the place of their placeholders, for a person. Secrets stay away: they remain `<SECRET_1>`. */
  restore(text: string): string;
  /** Distinct values that were replaced, by kind. */
  counts(): Readonly<Record<RedactedKind, number>>;
}

/** Runs of the characters that keys are made of. */
const RUN = /[A-Za-z0-9_+/=~-]{16,}/g;

export function createRedactor({ personalData, ipAddresses }: RedactionSettings): Redaction {
  const placeholders = new Placeholders();
  /** Keys that stood behind a name: hidden where they stand alone as well. */
  const keys = new Set<string>();
  const conceal: Conceal = (kind, value) => {
    if (kind === 'SECRET' && isRandom(value)) keys.add(value);
    return placeholders.conceal(kind, value);
  };
  const concealKnown = (text: string) =>
    keys.size === 0 ? text : text.replace(RUN, (run) => (keys.has(run) ? placeholders.conceal('SECRET', run) : run));
  return {
    redact(text) {
      let safe = concealPrivateKeys(placeholders.escape(text), conceal);
      safe = concealNamed(concealShapes(safe, conceal), conceal);
      safe = concealCardNumbers(concealKnown(safe), conceal);
      if (personalData) safe = concealPersonalData(safe, conceal);
      return ipAddresses ? concealIpAddresses(safe, conceal) : safe;
    },
    restore: (text) => placeholders.restore(text),
    counts: () => placeholders.counts,
  };
}
