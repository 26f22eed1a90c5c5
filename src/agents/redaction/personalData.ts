import type { Conceal } from './placeholders';

/** RFC 5321 addresses without quoted local parts; `%40` as in URLs. Each run of characters is begun once. */
const EMAIL = /(?<![\p{L}\p{N}._%+-])(?!git@)[\p{L}\p{N}._%+-]{1,256}(?:@|%40)(?:[\p{L}\p{N}-]{1,63}\.){1,10}\p{L}{2,24}(?![\p{L}\p{N}])/gu;

/** With a country code, or as they are written in North America. */
const PHONE =
  /(?<![\w+.])\+[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}(?![\w.-]?\d)|(?<![\w.-])(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}(?![\w-]|\.\d)/g;

const MIN_PHONE_DIGITS = 9;
const MAX_PHONE_DIGITS = 15;

/** E-mail addresses and, with care not to take numbers of programs for them, phone numbers. */
export function concealPersonalData(text: string, conceal: Conceal): string {
  return text
    .replace(EMAIL, (address) => conceal('EMAIL', address))
    .replace(PHONE, (number) => (isPhone(number) ? conceal('PHONE', number) : number));
}

/** ITU-T E.164: at most 15 digits. */
function isPhone(number: string): boolean {
  const digits = number.replace(/\D/g, '').length;
  return digits >= MIN_PHONE_DIGITS && digits <= MAX_PHONE_DIGITS;
}
