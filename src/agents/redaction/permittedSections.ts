import type { EvidenceKind } from '../../domain/evidence';
import type { SentField } from '../../domain/modelPrivacy';
import type { PromptSection } from '../promptText';

/** Under which permission a fact of each kind is sent. */
export const evidenceField: Readonly<Record<EvidenceKind, SentField>> = {
  monitor: 'alert',
  metric: 'metrics',
  forecast: 'metrics',
  logs: 'logs',
  error: 'logs',
  spans: 'traces',
  trace: 'traces',
  dependency: 'traces',
  change: 'changes',
  commit: 'changes',
};

/** The sections without what may not be sent; all of them where `fields` is null. */
export function permittedSections(sections: readonly PromptSection[], fields: readonly SentField[] | null): readonly PromptSection[] {
  if (fields === null) return sections;
  const isPermitted = (field: SentField | undefined) => field === undefined || fields.includes(field);
  return sections
    .filter(({ field }) => isPermitted(field))
    .map(({ lineFields, ...section }) =>
      lineFields === undefined ? section : { ...section, lines: section.lines.filter((_, at) => isPermitted(lineFields[at])) },
    );
}
