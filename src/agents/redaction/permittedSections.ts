import type { EvidenceKind } from '../../domain/evidence';
import type { SentField } from '../../domain/modelPrivacy';
import type { PromptSection } from '../promptText';

/** Under which permissions a fact of each kind is sent. Errors are read from logs and from spans. */
export const evidenceFields: Readonly<Record<EvidenceKind, readonly SentField[]>> = {
  monitor: ['alert'],
  metric: ['metrics'],
  forecast: ['metrics'],
  logs: ['logs'],
  error: ['logs', 'traces'],
  spans: ['traces'],
  trace: ['traces'],
  dependency: ['traces'],
  change: ['changes'],
  commit: ['changes'],
};

/** What a conclusion may quote: all that it was drawn from. */
export const quotedFields: readonly SentField[] = ['alert', 'metrics', 'logs', 'traces', 'changes'];

/** The sections without what may not be sent; all of them where `fields` is null. */
export function permittedSections(sections: readonly PromptSection[], fields: readonly SentField[] | null): readonly PromptSection[] {
  if (fields === null) return sections;
  return sections
    .filter(({ field }) => field === undefined || fields.includes(field))
    .map(({ lineFields, bareLines, ...section }) => {
      const lines = section.lines.map((line, at) =>
        lineFields?.[at]?.every((field) => fields.includes(field)) === false ? (bareLines?.[at] ?? '') : line,
      );
      return { ...section, lines: lines.filter((line) => line !== '') };
    });
}
