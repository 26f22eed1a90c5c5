import * as z from 'zod/mini';
import { malformedMappingRule, unreadableMappingRules } from '../domain/errors';
import type { StackFrame } from '../domain/frame';
import { parseFramePath, sharedSuffix } from './framePath';
import { matchesGlob } from './globs';
import { jvmPath } from './jvmPath';

/** Where the rules of a repository lie; people write them, or correct a mapping. */
export const MAPPINGS_PATH = '.aidog/mappings.json';

const folder = z.string().check(z.maxLength(1_000));
const glob = z.string().check(z.minLength(1), z.maxLength(300));

/** Code below `stackRoot` when it ran lies below `sourceRoot` of this repository; only for `service` where one is named. */
const pathRule = z.strictObject({ stackRoot: folder, sourceRoot: folder, service: z.optional(z.string()) });
const libraryRule = z.strictObject({ library: glob });
const appRule = z.strictObject({ app: glob });
const rule = z.union([pathRule, libraryRule, appRule]);

export type PathRule = z.infer<typeof pathRule>;
export type MappingRule = z.infer<typeof rule>;

export interface MappingRules {
  readonly rules: readonly MappingRule[];
  /** Why some are left out, one sentence each. */
  readonly problems: readonly string[];
}

const MAX_RULES = 500;

/** Reads the rules of a repository. What is malformed is named and left out; the others count. */
export function parseMappingRules(text: string, where: string): MappingRules {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    return { rules: [], problems: [unreadableMappingRules(where).message] };
  }
  if (!Array.isArray(entries)) return { rules: [], problems: [unreadableMappingRules(where).message] };
  const rules: MappingRule[] = [];
  const problems: string[] = [];
  for (const [at, entry] of entries.slice(0, MAX_RULES).entries()) {
    const read = rule.safeParse(entry);
    if (read.success && leadsInside(read.data)) rules.push(read.data);
    else problems.push(malformedMappingRule(where, at + 1).message);
  }
  return { rules, problems };
}

/** A source root is a folder of the repository. */
function leadsInside(entry: MappingRule): boolean {
  if (!('sourceRoot' in entry)) return true;
  const { sourceRoot } = entry;
  return !/^(?:[\\/]|[A-Za-z]:)/.test(sourceRoot) && !sourceRoot.split(/[\\/]/).includes('..') && !sourceRoot.includes('\0');
}

/** Repository paths that the rules give for a frame's path, in the order of the rules. */
export function ruledPaths(rules: readonly MappingRule[], segments: readonly string[], service: string | null): string[] {
  return rules.flatMap((entry) => {
    if (!('stackRoot' in entry) || (entry.service !== undefined && entry.service !== service)) return [];
    const root = segmentsOfRoot(entry.stackRoot);
    if (root.length > segments.length || root.some((segment, at) => segment !== segments[at])) return [];
    return [[...segmentsOfRoot(entry.sourceRoot), ...segments.slice(root.length)].join('/')];
  });
}

/** What the rules make of code at a path: the last word of the first rule that matches; null when none does. */
export function ruledKind(rules: readonly MappingRule[], segments: readonly string[]): 'app' | 'library' | null {
  for (const entry of rules) {
    if ('library' in entry && matchesGlob(entry.library, segments)) return 'library';
    if ('app' in entry && matchesGlob(entry.app, segments)) return 'app';
  }
  return null;
}

const segmentsOfRoot = (root: string): readonly string[] => parseFramePath(root)?.segments ?? [];

/**
 * The rule that a person means who says that the frame is in the file `chosenPath` of the repository: what differs before the
 * equal ending of both is replaced. Null when the frame names no file.
 */
export function ruleFromCorrection(
  frame: Pick<StackFrame, 'file' | 'function'>,
  chosenPath: string,
  service: string | null = null,
): PathRule | null {
  const path = jvmPath(frame) ?? (frame.file === null ? null : parseFramePath(frame.file));
  if (path === null) return null;
  const chosen = chosenPath.split('/');
  const shared = sharedSuffix(chosen, path.segments);
  const isFolder = shared > 0;
  const root = path.segments.slice(0, path.segments.length - shared).join('/');
  const source = chosen.slice(0, chosen.length - shared).join('/');
  const stackRoot = `${path.isAbsolute ? '/' : ''}${root}${isFolder && root !== '' ? '/' : ''}`;
  const sourceRoot = `${source}${isFolder && source !== '' ? '/' : ''}`;
  return { stackRoot, sourceRoot, ...(service === null ? {} : { service }) };
}

/**
 * The text of the rules' file with one more rule, which is tried before the others and replaces one with the same stack root and
 * service. Throws an `AppError` when the file is there but cannot be read, so that nothing that a person wrote is lost.
 */
export function withRule(existingText: string | null, added: MappingRule): string {
  let entries: unknown = [];
  try {
    if (existingText !== null && existingText.trim() !== '') entries = JSON.parse(existingText);
  } catch (error) {
    throw unreadableMappingRules(MAPPINGS_PATH, error);
  }
  if (!Array.isArray(entries)) throw unreadableMappingRules(MAPPINGS_PATH);
  const others = entries.filter((entry: unknown) => !isReplaced(entry, added));
  return `${JSON.stringify([added, ...others], null, 2)}\n`;
}

function isReplaced(entry: unknown, added: MappingRule): boolean {
  const read = rule.safeParse(entry);
  if (!read.success) return false;
  const known = read.data;
  if ('stackRoot' in known && 'stackRoot' in added) return known.stackRoot === added.stackRoot && known.service === added.service;
  const globOf = (one: MappingRule) => ('library' in one ? one.library : 'app' in one ? one.app : null);
  return globOf(known) !== null && globOf(known) === globOf(added);
}
