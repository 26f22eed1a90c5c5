import type { Evidence } from '../../src/domain/evidence';
import { formatPercent } from '../../src/domain/format';
import type { Hypothesis } from '../../src/domain/hypothesis';
import type { Investigation } from '../../src/domain/investigation';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { useRevealed } from '../hooks/useRevealed';
import { Absent } from '../ui/Absent';
import { Confidence } from '../ui/Confidence';
import { Disclosure } from '../ui/Disclosure';
import { Notice } from '../ui/Notice';
import { noCommitSentences, spaced } from '../words';
import { CauseQuestion } from './CauseQuestion';
import { Checks } from './Checks';
import { CitedText } from './CitedText';
import { CommitButton } from './CommitButton';
import { EvidenceChips } from './EvidenceChips';
import { Factors } from './Factors';
import { FixButton } from './FixButton';
import { NextLook } from './NextLook';
import { PlaceButton } from './PlaceButton';
import { RuledOut } from './RuledOut';
import { SuspectCommits } from './SuspectCommits';

/** Every explanation, best first, with what speaks for and against it. */
export function Hypotheses({ snapshot }: { readonly snapshot: PanelSnapshot }) {
  const { found, status } = snapshot;
  const hypotheses = found.hypotheses ?? [];
  return (
    <div className="hypotheses">
      {status === 'done' ? <Blame found={found} /> : null}
      {hypotheses.length > 0 ? (
        <ol className="plain-list cards">
          {hypotheses.map((hypothesis, index) => (
            <HypothesisCard key={hypothesis.id} rank={index + 1} hypothesis={hypothesis} snapshot={snapshot} />
          ))}
        </ol>
      ) : (
        <Absent status={status} icon="lightbulb" awaited="Weighing causes…" none={noneSentence(snapshot)} />
      )}
      <RuledOut causes={found.ruledOut ?? []} evidence={found.evidence ?? []} />
      <Checks checks={found.checks ?? []} evidence={found.evidence ?? []} />
      <SuspectCommits commits={found.suspectCommits ?? []} rootCause={found.rootCauseCommit ?? null} />
    </div>
  );
}

function noneSentence({ found, status }: PanelSnapshot): string {
  if (found.verdict === 'healthy') return 'There is nothing to explain.';
  return status === 'done' ? 'No explanation fits the evidence.' : 'The investigation ended before causes were weighed.';
}

function Blame({ found }: { readonly found: Partial<Investigation> }) {
  if (found.rootCauseCommit || !found.verdict) return null;
  return <Notice tone={found.verdict === 'healthy' ? 'good' : 'info'}>{noCommitSentences[found.verdict]}</Notice>;
}

interface CardProps {
  readonly rank: number;
  readonly hypothesis: Hypothesis;
  readonly snapshot: PanelSnapshot;
}

function HypothesisCard({ rank, hypothesis, snapshot: { found, status, judgement } }: CardProps) {
  const { ref, isRevealed } = useRevealed<HTMLLIElement>(hypothesis.id);
  const evidence: readonly Evidence[] = found.evidence ?? [];
  return (
    <li ref={ref} className={isRevealed ? 'card hypothesis revealed' : 'card hypothesis'} tabIndex={-1}>
      <div className="hypothesis-head">
        <span className="rank" aria-hidden="true">
          {rank}
        </span>
        <h2>{hypothesis.title}</h2>
        <Confidence value={hypothesis.confidence} />
      </div>
      <div className="hypothesis-body">
        <div className="meta">
          <span>{spaced(hypothesis.kind)}</span>
          {hypothesis.service ? (
            <span className="clipped" title={hypothesis.service}>
              {hypothesis.service}
            </span>
          ) : null}
          <CommitButton sha={hypothesis.commit} suspects={found.suspectCommits ?? []} />
        </div>
        {hypothesis.explanation ? (
          <p className="explanation">
            <CitedText text={hypothesis.explanation} evidence={evidence} />
          </p>
        ) : null}
        <div className="acts">
          <PlaceButton hypothesis={hypothesis} isPrimary={rank === 1} />
          <FixButton hypothesis={hypothesis} />
        </div>
        <dl className="arguments">
          <EvidenceChips term="For" ids={hypothesis.evidenceFor} evidence={evidence} />
          <EvidenceChips term="Against" ids={hypothesis.evidenceAgainst} evidence={evidence} />
          <Missing sentences={hypothesis.missing} />
          <NextLook hypothesis={hypothesis} />
        </dl>
        {rank === 1 && status === 'done' ? <CauseQuestion hypothesis={hypothesis} judgement={judgement ?? null} /> : null}
        {hypothesis.confidenceFactors?.length ? (
          <Disclosure name={`why ${hypothesis.id}`} summary={`Why ${formatPercent(hypothesis.confidence)}`}>
            <Factors factors={hypothesis.confidenceFactors} />
          </Disclosure>
        ) : null}
      </div>
    </li>
  );
}

function Missing({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <dt>Missing</dt>
      <dd>
        <ul className="plain-list">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </dd>
    </div>
  );
}
