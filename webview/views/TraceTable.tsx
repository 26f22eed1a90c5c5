import { formatDuration, formatTime } from '../../src/domain/format';
import type { TraceEntry } from '../../src/domain/investigation';
import { Bar } from '../ui/Bar';
import { Icon } from '../ui/Icon';
import { stageLabels } from '../words';
import { CallDetail } from './CallDetail';

/** What ran, a line each, in order. */
export function TraceTable({ trace }: { readonly trace: readonly TraceEntry[] }) {
  const longestMs = Math.max(...trace.map(({ ms }) => ms));
  return (
    <table className="data-table trace-table">
      <caption className="unseen">What ran, in order</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Stage</th>
          <th scope="col">Agent</th>
          <th scope="col" className="number">
            Took
          </th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {trace.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the record only grows, and equal lines can follow each other
          <TraceRow key={index} entry={entry} longestMs={longestMs} />
        ))}
      </tbody>
    </table>
  );
}

function TraceRow({ entry, longestMs }: { readonly entry: TraceEntry; readonly longestMs: number }) {
  return (
    <tr className={entry.ok ? undefined : 'trace-failed'}>
      <td className="muted" title={entry.at}>
        {formatTime(Date.parse(entry.at), { withSeconds: true })}
      </td>
      <td>{stageLabels[entry.stage] ?? entry.stage}</td>
      <td>
        <code>{entry.agent}</code>
      </td>
      <td className="number took">
        {formatDuration(entry.ms)}
        <Bar share={longestMs > 0 ? entry.ms / longestMs : 0} tone={entry.ok ? 'info' : 'bad'} />
      </td>
      <td className="note">
        <Icon name={entry.ok ? 'pass' : 'error'} tone={entry.ok ? 'good' : 'bad'} />
        <span>
          <span className={entry.ok ? 'unseen' : 'failed-word'}>{entry.ok ? 'Worked. ' : 'Failed: '}</span>
          {entry.note}
        </span>
        {entry.call ? <CallDetail call={entry.call} note={entry.note} /> : null}
      </td>
    </tr>
  );
}
