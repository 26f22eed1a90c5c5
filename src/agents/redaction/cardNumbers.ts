import type { Conceal } from './placeholders';

/** Not the first digits of a UUID. */
const CANDIDATE = /(?<![\w.])\d(?:[ -]?\d){12,18}(?![ -]?\d)(?!\.\d)(?![A-Za-z])(?!-[\da-fA-F]{4}-)/g;

/** Visa, Mastercard, American Express, Discover, Diners, JCB by their first digits and lengths (ISO/IEC 7812). */
const ISSUED =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14})$/;

/** Card numbers that an issuer could have given out and whose check digit is right. */
export function concealCardNumbers(text: string, conceal: Conceal): string {
  return text.replace(CANDIDATE, (candidate) => {
    const digits = candidate.replace(/\D/g, '');
    return ISSUED.test(digits) && hasCheckDigit(digits) ? conceal('CARD', candidate) : candidate;
  });
}

/** Luhn's formula (ISO/IEC 7812-1, annex B). */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits.charAt(digits.length - 1 - index));
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
