import { useState } from 'react';
import { formatCount } from '../../src/domain/format';

/** Text that is cut when it is much longer than people read at a glance, with a button for the rest. */
export function LongText({ text, glance = 480 }: { readonly text: string; readonly glance?: number }) {
  const [isWhole, setIsWhole] = useState(false);
  if (text.length <= glance * 1.25) return text;
  const shown = isWhole ? text : `${text.slice(0, glance)}…`;
  return (
    <>
      {shown}{' '}
      <button type="button" className="link-button" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
        {isWhole ? 'Show less' : `Show all ${formatCount(text.length)} characters`}
      </button>
    </>
  );
}
