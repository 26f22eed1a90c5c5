const LOWER_64_BITS = (1n << 64n) - 1n;

/**
 * A trace id as the 16 hexadecimal digits of its lower 64 bits, whichever way it was written: 128 or 64 bits in hexadecimal, or
 * 64 bits in decimal. Sixteen digits without a letter are read as hexadecimal. Any other text stands for itself, in lower case.
 */
export function traceKey(traceId: string): string {
  const text = traceId.toLowerCase();
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{16})$/.test(text)) return text.slice(-16);
  return /^\d{1,39}$/.test(text) ? hexOfDecimal(text) : text;
}

/** The keys that a person's spelling of a trace id may mean: text of 16 or 32 decimal digits can be either notation. */
export function traceKeys(traceId: string): readonly string[] {
  const key = traceKey(traceId);
  return /^(?:\d{16}|\d{32})$/.test(traceId) ? [key, hexOfDecimal(traceId)] : [key];
}

function hexOfDecimal(text: string): string {
  return (BigInt(text) & LOWER_64_BITS).toString(16).padStart(16, '0');
}
