/** A model file that is larger takes gigabytes of memory. */
const LARGE_BYTES = 300_000_000;
/** Memory that a model takes while it is used, by byte of its file: measured with Toto-Open-Base-1.0, 605 MB and 2.4 GB. */
const MEMORY_PER_BYTE = 4;

/** Gigabytes that a model takes while it is used, where that is much; else null. */
export function largeModelGigabytes(fileBytes: number): number | null {
  return fileBytes < LARGE_BYTES ? null : (fileBytes * MEMORY_PER_BYTE) / 1e9;
}
