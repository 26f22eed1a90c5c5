import type { Step } from '../../domain/investigation';
import type { RunbookHit } from '../../domain/runbook';
import { withFullStop } from '../../domain/sentence';
import { clipSentences, clipWords } from '../clip';

/** Which steps a section of a runbook is about, by its words. */
const SUBJECTS: readonly (readonly [Step['action'], RegExp])[] = [
  ['roll_back', /\b(?:roll(?:ing)?[\s-]?back|revert|undo|previous version|take back)\b/i],
  ['contact', /\b(?:escalat\w*|contact|owner|status page|vendor|provider|page the)\b/i],
  ['verify', /\b(?:verif\w*|confirm|recover\w*|afterwards|resolved)\b/i],
];

/** Headings of sections that say what to do rather than how it looks. */
const DOES = /\b(?:checks?|steps?|do|fix|mitigat\w*|stop|first|resolve|relief|diagnos\w*|roll(?:ing)? back|restart|scale)\b/i;

const MAX_STEPS = 7;
const MAX_POINT = 160;
/** Worse hits only share a word or two with the incident. */
const MIN_SCORE = 0.3;

/** Lets steps cite the sections of runbooks that tell how to do them, and adds the best section as a step where none does. */
export function withRunbooks(steps: readonly Step[], hits: readonly RunbookHit[]): readonly Step[] {
  const good = hits.filter(({ score }) => score >= MIN_SCORE);
  const citing = steps.map((step): Step => {
    const pattern = SUBJECTS.find(([action]) => action === step.action)?.[1];
    const ids =
      pattern === undefined ? [] : good.filter(({ section, excerpt }) => pattern.test(`${section}\n${excerpt}`)).map(({ id }) => id);
    return ids.length === 0 || step.runbooks !== undefined ? step : { ...step, runbooks: ids.slice(0, 2) };
  });
  const best = good.find(({ title, section }) => title === good[0]?.title && DOES.test(section)) ?? good[0];
  if (best === undefined || citing.some(({ runbooks }) => runbooks?.includes(best.id)) || steps.length >= MAX_STEPS) return citing;
  const at = Math.min(2, citing.filter(({ action }) => action !== 'verify').length);
  return [...citing.slice(0, at), followStep(best, citing[0]?.hypothesis ?? null), ...citing.slice(at)];
}

function followStep(hit: RunbookHit, hypothesis: string | null): Step {
  const { id, title, section } = hit;
  const point = hasPast(hit) ? '' : firstPoint(hit.excerpt);
  const name = section === title ? `“${title}”` : `“${title}”, section “${section}”`;
  return {
    id: 'S0',
    title: clipWords(`Follow the runbook ${name}`, 200),
    rationale: point === '' ? 'No other runbook fits this incident as well.' : `The runbook says: “${point.replace(/[“”„]/g, "'")}”`,
    action: 'open_link',
    minutes: 10,
    evidence: [],
    hypothesis,
    link: null,
    runbooks: [id],
  };
}

/** Whether it says how an earlier incident was: in a runbook that was kept from one, all but its steps. */
const hasPast = ({ origin, title, section }: RunbookHit) => origin === 'learned' && (section === title || !DOES.test(section));

/** Blocks of code, whole or cut, and rows of tables, which are of no use on one line. */
const BLOCKS = /```[\s\S]*?(?:```|(?![\s\S]))|^[ \t]*\|.*$/gm;

const ITEM = /^[ \t]*(?:\d{1,3}[.)]|[-*+])[ \t]+/m;

/** What a section says first, in whole sentences on one line: the first paragraph of its list, or of itself. */
function firstPoint(excerpt: string): string {
  const prose = excerpt.replace(BLOCKS, ' ');
  const [before = '', first = ''] = prose
    .split(new RegExp(ITEM, 'gm'))
    .map((part) => (part.trim().split(/\n[ \t]*\n/)[0] ?? '').replace(/\s+/g, ' '));
  const text = before === '' ? first : before;
  return withFullStop(clipSentences(text, MAX_POINT).replace(/[:;,]$/, '')).replace(/^\.$/, '');
}
