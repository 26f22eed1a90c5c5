import type { EvidenceKind, Evidence as Fact } from '../../src/domain/evidence';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { Absent } from '../ui/Absent';
import { Chip } from '../ui/Chip';
import { Section } from '../ui/Section';
import { evidenceKinds } from '../words';
import { EvidenceCard } from './EvidenceCard';

export interface EvidenceProps {
  readonly snapshot: PanelSnapshot;
  /** The only kind to show, or null for all. */
  readonly kind: string | null;
  readonly onChooseKind: (kind: string | null) => void;
}

/** Every fact that was found, grouped by what it is. */
export function Evidence({ snapshot, kind, onChooseKind }: EvidenceProps) {
  const facts = snapshot.found.evidence ?? [];
  if (facts.length === 0)
    return (
      <Absent
        status={snapshot.status}
        icon="inbox"
        awaited="Gathering evidence…"
        none="No evidence was gathered before the investigation ended."
      />
    );
  const groups = groupByKind(facts);
  const shown = groups.some((group) => group.kind === kind) ? groups.filter((group) => group.kind === kind) : groups;
  return (
    <div className="evidence">
      {groups.length > 1 ? (
        <fieldset className="filter">
          <legend className="unseen">Show only</legend>
          <Chip text="All" count={facts.length} isPressed={shown === groups} onPress={() => onChooseKind(null)} />
          {groups.map((group) => (
            <Chip
              key={group.kind}
              text={wordsFor(group.kind).text}
              icon={wordsFor(group.kind).icon}
              count={group.facts.length}
              isPressed={shown !== groups && group.kind === kind}
              onPress={() => onChooseKind(group.kind)}
            />
          ))}
        </fieldset>
      ) : null}
      {shown.map((group) => (
        <Section key={group.kind} title={wordsFor(group.kind).text}>
          <ul className="plain-list cards">
            {group.facts.map((fact) => (
              <EvidenceCard key={fact.id} fact={fact} />
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}

interface Group {
  readonly kind: EvidenceKind;
  readonly facts: readonly Fact[];
}

/** In the order of `evidenceKinds`; kinds that it lacks come last. */
function groupByKind(facts: readonly Fact[]): readonly Group[] {
  const order = Object.keys(evidenceKinds) as EvidenceKind[];
  const kinds = [...new Set([...order, ...facts.map(({ kind }) => kind)])];
  return kinds.map((kind) => ({ kind, facts: facts.filter((fact) => fact.kind === kind) })).filter((group) => group.facts.length > 0);
}

function wordsFor(kind: EvidenceKind): { readonly text: string; readonly icon: string } {
  return evidenceKinds[kind] ?? { text: kind, icon: 'symbol-misc' };
}
