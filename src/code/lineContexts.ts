interface LineContext {
  readonly before: string;
  readonly after: string;
}

/** What runtimes print around lines that mean something in a whole trace only; most lines need nothing. */
export const LINE_CONTEXTS: readonly LineContext[] = [
  { before: '', after: '' },
  { before: 'Traceback (most recent call last):\n', after: '' },
  { before: 'goroutine 1 [running]:\nmain.main()\n', after: '' },
  { before: 'PHP Fatal error:  Uncaught Exception in main.php:1\nStack trace:\n', after: '\n#1 {main}' },
];
