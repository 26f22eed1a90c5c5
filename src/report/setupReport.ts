import { oneLine } from '../domain/plainText';
import type { SetupCheck, SetupFix, SetupStatus } from '../domain/setupCheck';

const WORDS: Record<SetupStatus, string> = { ok: 'ok', warning: 'warning', problem: 'PROBLEM', unknown: 'unknown' };
const WIDTH = 'unknown'.length;
const MAX_TEXT = 600;

/** The checks of the setup as plain text for a terminal, each with what can be done about it. */
export function setupReport(checks: readonly SetupCheck[]): string {
  return checks.map(checkLines).join('');
}

function checkLines({ title, status, detail, fix }: SetupCheck): string {
  const indent = ' '.repeat(WIDTH + 2);
  const lines = [`${WORDS[status].padEnd(WIDTH)}  ${oneLine(title)}: ${oneLine(detail, MAX_TEXT)}`];
  if (fix !== null && status !== 'ok') lines.push(...fixLines(fix).map((line) => `${indent}${line}`.trimEnd()));
  return `${lines.join('\n')}\n`;
}

/** What a person at a terminal can do; the buttons of the editor have no counterpart here. */
function fixLines(fix: SetupFix): string[] {
  switch (fix.kind) {
    case 'configure':
      return ['→ Set DD_API_KEY and DD_APP_KEY.'];
    case 'setting':
      return [
        fix.key === 'aidog.datadog.site' ? '→ Give the right site with --site, or in DD_SITE.' : '→ Give another environment with --env.',
      ];
    case 'openFolder':
      return ['→ Name the folder with --workspace DIR.'];
    case 'trust':
      return [];
    case 'fetch':
      return [`→ git fetch origin ${fix.commit}`];
    case 'page':
      return [`→ ${fix.url}`];
    case 'read':
      return [`→ ${fix.title}:`, ...fix.text.split('\n').map((line) => `  ${line}`)];
  }
}
