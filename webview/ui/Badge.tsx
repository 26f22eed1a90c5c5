import type { Label } from '../words';
import { Icon } from './Icon';

/** A word with a colour; the word alone is enough. `what` is read out before it: "Severity: Critical". */
export function Badge({ label, what, title }: { readonly label: Label; readonly what?: string; readonly title?: string }) {
  return (
    <span className={`badge tone-${label.tone}`} title={title}>
      <Icon name={label.icon} tone={label.tone} />
      {what ? <span className="unseen">{what}: </span> : null}
      {label.text}
    </span>
  );
}
