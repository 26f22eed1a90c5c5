import type { CaseCommit } from './suspectCase';
import { commit } from './suspectCase';

/** What every repository sees each day, and what breaks nothing. */
const NOISE: readonly (readonly [message: string, path: string, diff: string])[] = [
  ['docs: say how to roll back', 'docs/rollback.md', '+Roll back with `make rollback`.'],
  ['test: cover the empty basket', 'tests/basket_test.py', '+def test_empty():\n+    assert total([]) == 0'],
  ['ci: run the linter once', '.github/workflows/ci.yml', '-      - run: make lint lint\n+      - run: make lint'],
  ['chore: update the owners', 'CODEOWNERS', '-* @platform\n+* @platform @payments'],
  [
    'refactor: name the helper after what it does',
    'libs/text/slug.ts',
    '-export const fix = (text: string) => text.trim();\n+export const trimmed = (text: string) => text.trim();',
  ],
  ['feat: count how often the banner is closed', 'libs/metrics/banner.go', '+var bannerClosed = metrics.NewCounter("banner_closed_total")'],
  ['style: format', 'libs/money/format.go', '-func Format(a int)string{\n+func Format(a int) string {'],
  ['chore(deps): bump the linter', 'package.json', '-    "eslint": "9.1.0",\n+    "eslint": "9.2.0",'],
  ['feat: a wider card on the landing page', 'apps/web/landing.css', '-.card { width: 20rem; }\n+.card { width: 24rem; }'],
  ['fix: a typo in the greeting', 'libs/mail/greeting.rb', '-  "Helo #{name}"\n+  "Hello #{name}"'],
  [
    'perf: reserve room in the encoder',
    'libs/codec/encode.go',
    '-\tbuf := bytes.Buffer{}\n+\tbuf := bytes.NewBuffer(make([]byte, 0, 1024))',
  ],
  ['feat: name the tenant in traces', 'libs/trace/attrs.py', '+    span.set_attribute("tenant", tenant)'],
];

const STEP_MINUTES = 9;

/** Some noise for a case, other for the next: before and after its own commits, the newest being noise more often than not. */
export function noiseFor(at: number): CaseCommit[] {
  return Array.from({ length: 5 }, (_, index) => {
    const [message, path, diff] = NOISE[(at * 5 + index) % NOISE.length] ?? NOISE[0]!;
    return commit(`noise${index}`, 3 + index * STEP_MINUTES, message, { [path]: diff });
  });
}
