import { logChanges } from '../../../src/domain/detailWords';
import type { LogPattern as Pattern } from '../../../src/domain/evidenceDetail';
import { formatCount, formatTime } from '../../../src/domain/format';
import { Badge } from '../../ui/Badge';
import { BarRows } from '../../ui/BarRows';
import { Disclosure } from '../../ui/Disclosure';
import { LongText } from '../../ui/LongText';
import { ShowMore } from '../../ui/ShowMore';
import type { Label } from '../../words';

const changeLabels: Readonly<Record<Pattern['change'], Label>> = {
  new: { text: logChanges.new, icon: 'add', tone: 'bad' },
  bursting: { text: logChanges.bursting, icon: 'arrow-up', tone: 'bad' },
  vanished: { text: logChanges.vanished, icon: 'arrow-down', tone: 'warn' },
  anomalous: { text: logChanges.anomalous, icon: 'warning', tone: 'warn' },
  known: { text: logChanges.known, icon: 'history', tone: 'neutral' },
};

/** A message pattern: its text with what varies in it, how often it was logged before and during, when, and what it means. */
export function LogPattern({ pattern }: { readonly pattern: Pattern }) {
  const { template, example, change, before, during, firstMs, lastMs, event } = pattern;
  const most = Math.max(before, during, 1);
  return (
    <div className="detail">
      <div className="detail-head">
        <Badge label={changeLabels[change] ?? changeLabels.known} what="Message" />
        {event ? (
          <Badge label={{ text: event, icon: 'flame', tone: 'bad' }} what="Key event" title="What such a message is known to mean" />
        ) : null}
      </div>
      <Template template={template} />
      <BarRows
        rows={[
          { label: 'before', text: formatCount(before), share: before / most, tone: 'neutral' },
          { label: 'during', text: formatCount(during), share: during / most, tone: changeLabels[change]?.tone ?? 'neutral' },
        ]}
      />
      {firstMs !== null && lastMs !== null ? <p className="muted small">{seenWords(firstMs, lastMs)}</p> : null}
      {example !== '' && example !== template ? (
        <Disclosure name={`example ${template}`} summary="An example">
          <pre className="value">
            <LongText text={example} />
          </pre>
        </Disclosure>
      ) : null}
    </div>
  );
}

const seenWords = (firstMs: number, lastMs: number): string => {
  const [first, last] = [formatTime(firstMs, { withSeconds: true }), formatTime(lastMs, { withSeconds: true })];
  return first === last ? `seen at ${first}` : `first seen ${first}, last ${last}`;
};

const glance = 480;

function Template({ template }: { readonly template: string }) {
  return (
    <p className="template">
      <ShowMore more={`Show all ${formatCount(template.length)} characters`} isNeeded={template.length > glance * 1.25}>
        {(isWhole) => <TemplateText text={isWhole ? template : `${template.slice(0, glance)}…`} />}
      </ShowMore>
    </p>
  );
}

/** Variable parts stand out as chips; a screen reader says what they are. */
function TemplateText({ text }: { readonly text: string }) {
  return (
    <code>
      {text.split('<*>').map((part, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
        <span key={position}>
          {position === 0 ? null : (
            <span className="wildcard" title="This part varies">
              <span aria-hidden="true">*</span>
              <span className="unseen">any value</span>
            </span>
          )}
          {part}
        </span>
      ))}
    </code>
  );
}
