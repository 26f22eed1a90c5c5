import { type FrontMatter, readFrontMatter } from './frontMatter';

/** The text under one heading up to the next heading of any level. */
export interface Section {
  readonly heading: string;
  /** 1-based line of the heading; of the first line for text before any heading. */
  readonly line: number;
  /** With its blocks of code. */
  readonly text: string;
}

export interface MarkdownRunbook {
  readonly title: string;
  readonly about: FrontMatter;
  readonly sections: readonly Section[];
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.{0,1000}))?$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;

interface Heading {
  readonly text: string;
  readonly level: number;
}

/**
 * Splits a runbook at its headings (CommonMark: ATX and Setext, not inside of fenced code). `name` stands for the title of a text
 * without a heading. Linear in the length of the text; any text gives at least one section.
 */
export function readMarkdown(text: string, name: string): MarkdownRunbook {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const about = readFrontMatter(lines);
  const sections: { heading: string; line: number; lines: string[] }[] = [];
  let title: string | null = about.title;
  let fence: string | null = null;
  for (let index = about.bodyLine; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const heading: Heading | null = fence === null ? headingAt(lines, index) : null;
    fence = fenceAfter(line, fence);
    if (heading === null) {
      if (sections.length === 0) sections.push({ heading: '', line: index + 1, lines: [] });
      sections.at(-1)?.lines.push(line);
      continue;
    }
    if (heading.level === 1) title ??= heading.text;
    sections.push({ heading: heading.text, line: index + 1, lines: [] });
    if (!line.trimStart().startsWith('#')) index++;
  }
  const shown = title ?? sections.find(({ heading }) => heading !== '')?.heading ?? name;
  const kept = sections.filter(
    (section, index) => section.lines.some((line) => line.trim() !== '') || (index === 0 && sections.length === 1),
  );
  return {
    title: shown,
    about,
    sections: (kept.length > 0 ? kept : sections.slice(0, 1)).map((section) => ({
      heading: section.heading === '' ? shown : section.heading,
      line: section.line,
      text: section.lines.join('\n').trim(),
    })),
  };
}

function headingAt(lines: readonly string[], index: number): Heading | null {
  const line = lines[index] ?? '';
  const atx = ATX.exec(line);
  if (atx) return { text: plainHeading((atx[2] ?? '').replace(/[ \t]+#+[ \t]*$/, '')), level: (atx[1] ?? '').length };
  if (line.trim() === '' || /^ {4}|^\t|^ {0,3}(?:[-*+>|]|\d+[.)])\s/.test(line) || FENCE.test(line)) return null;
  const below = lines[index + 1] ?? '';
  const isAlone = index === 0 || (lines[index - 1] ?? '').trim() === '';
  if (!isAlone || !UNDERLINE.test(below) || UNDERLINE.test(line)) return null;
  return { text: plainHeading(line), level: below.trim().startsWith('=') ? 1 : 2 };
}

/** The fence that is open after a line. */
function fenceAfter(line: string, open: string | null): string | null {
  const mark = FENCE.exec(line)?.[1];
  if (mark === undefined) return open;
  if (open === null) return mark;
  return mark.startsWith(open) && line.trim() === mark ? null : open;
}

/** Without the marks of emphasis, code and links. */
function plainHeading(text: string): string {
  return text
    .replace(/!?\[([^\][]{0,500})\]\([^()\s]{0,1000}\)/g, '$1')
    .replace(/[*`]+/g, '')
    .trim()
    .slice(0, 200);
}
