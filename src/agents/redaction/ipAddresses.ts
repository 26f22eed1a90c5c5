import type { Conceal } from './placeholders';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const DOTTED = `${OCTET}(?:\\.${OCTET}){3}`;
/** Not a version such as `Chrome/120.0.0.0` or `v1.2.3.4`. */
const IPV4 = new RegExp(`(?<![\\w.])(?<!(?:Chrome|Safari|Edg|OPR|Version|Firefox|CriOS)/)${DOTTED}(?![\\w]|\\.\\d)`, 'g');
const IPV6 = new RegExp(`(?<![\\w:.])[0-9A-Fa-f:]{2,39}(?:(?<=:)${DOTTED})?(?:%[A-Za-z0-9]{1,16})?(?![\\w:]|\\.\\d)`, 'g');

/** Names of this machine and of no machine hold nothing. */
const NOBODY = new Set(['127.0.0.1', '0.0.0.0', '255.255.255.255', '::1', '::']);

/** IPv4 and IPv6 addresses (RFC 4291 text forms) except those of the machine itself. */
export function concealIpAddresses(text: string, conceal: Conceal): string {
  return text
    .replace(IPV6, (candidate) => {
      // The colon of `2001:db8::1: refused` is none of the address's.
      const address = candidate.replace(/(?<!:):$/, '');
      const isSomebody = isIpv6(address) && !NOBODY.has(address);
      return isSomebody ? conceal('IP', address) + candidate.slice(address.length) : candidate;
    })
    .replace(IPV4, (address) => (NOBODY.has(address) ? address : conceal('IP', address)));
}

/** Eight groups of up to four hexadecimal digits, or fewer with one `::`; a time such as `12:34:56` has neither. */
function isIpv6(candidate: string): boolean {
  const [address = ''] = candidate.split('%');
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group, index) => /^[0-9A-Fa-f]{1,4}$/.test(group) || (index === groups.length - 1 && group.includes('.'))))
    return false;
  const size = groups.length + (groups.at(-1)?.includes('.') ? 1 : 0);
  if (halves.length === 1) return size === 8;
  // `Cafe::Bad` is the name of a class.
  return size < 8 && (/\d/.test(address) || size >= 3);
}
