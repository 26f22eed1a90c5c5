import type { Commit } from '../../../src/domain/change';
import type { Repository } from '../../../src/domain/ports';
import { deployment, errorBurst, log, many, monitor, NOW_MS, ONSET_MS, repository, request, STACK } from '../incidents';
import type { World } from '../telemetry';

/** The incident of `errorBurst`, with texts in its alert, logs, tags, attributes, error messages, stack traces, and changes. */
export function hostileWorld(texts: readonly string[]): World {
  const usual = errorBurst();
  const text = (index: number) => texts[index % texts.length] ?? '';
  const error = (index: number) => ({
    'error.type': 'TypeError',
    'error.message': `Cannot read properties of undefined (reading 'tier') ${text(index)}`,
    'error.stack': STACK.replace("(reading 'tier')", `(reading 'tier') ${text(index)}`),
    'usr.note': text(index),
  });
  return {
    ...usual,
    monitors: [monitor({ name: `Orders fail ${text(0)}`, message: text(1), tags: ['service:shop', `note:${text(2)}`] })],
    spans: [
      ...(usual.spans ?? []).filter(({ isError }) => !isError),
      ...texts.flatMap((_, index) => many(3, ONSET_MS + index * 1000, (id, at) => request(`${id}-${index}`, at, error(index)))),
    ],
    logs: texts.flatMap((one, index) =>
      many(3, ONSET_MS + index * 1000, (_, at) => [log(at, one, { attributes: { note: one }, tags: [`note:${one}`] })]),
    ),
    changes: [
      ...(usual.changes ?? []),
      ...texts.map((one, index) => ({ ...deployment('', 3000 + index), title: one, text: one, author: one, commit: null, version: null })),
    ],
  };
}

/** The repository of the incident with a commit of each text, all before the one to blame. */
export function hostileRepository(texts: readonly string[]): Repository {
  const usual = repository();
  const commits = texts.map(
    (message, index): Commit => ({
      sha: `c${index.toString(16).padStart(2, '0')}`.padEnd(40, '7'),
      repository: 'shop',
      author: message.slice(0, 60),
      timestampMs: NOW_MS - (90 + index) * 60_000,
      message,
      files: ['README.md'],
      diff: 'diff --git a/README.md b/README.md\n--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-Shop\n+The shop\n',
    }),
  );
  const isOurs = (sha: string) => commits.some((commit) => commit.sha === sha);
  return {
    ...usual,
    hasCommit: async (sha, signal) => isOurs(sha) || usual.hasCommit(sha, signal),
    isAncestor: async (ancestor, sha, signal) => isOurs(ancestor) || usual.isAncestor(ancestor, sha, signal),
    commitsBetween: async (...given) => [...commits, ...(await usual.commitsBetween(...given))],
  };
}

/** The same shape without a meaning: every letter is another one of its kind; what is no letter stays, save what hides or moves text. */
export function harmless(text: string): string {
  const letters = 'lorem'.split('');
  let at = 0;
  return text
    .replace(/\p{L}/gu, (letter) => {
      const other = letters[at++ % letters.length] ?? 'l';
      return letter === letter.toLowerCase() ? other : other.toUpperCase();
    })
    .replace(/[^\p{L}\p{N}\p{P}\p{S}\s]/gu, '');
}
