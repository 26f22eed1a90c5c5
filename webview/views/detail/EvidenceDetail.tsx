import type { EvidenceDetail as Detail } from '../../../src/domain/evidenceDetail';
import { CriticalPath } from './CriticalPath';
import { LogPattern } from './LogPattern';
import { MovingTogether } from './MovingTogether';
import { OperationComparison } from './OperationComparison';
import { TracePattern } from './TracePattern';

/** The part of a fact that says more as a drawing; nothing for a kind that this version does not know. */
export function EvidenceDetail({ detail }: { readonly detail: Detail }) {
  switch (detail.kind) {
    case 'logPattern':
      return <LogPattern pattern={detail} />;
    case 'criticalPath':
      return <CriticalPath path={detail} />;
    case 'tracePattern':
      return <TracePattern pattern={detail} />;
    case 'operationComparison':
      return <OperationComparison comparison={detail} />;
    case 'movingTogether':
      return <MovingTogether moving={detail} />;
    default:
      return null;
  }
}
