import { type ReactNode, useState } from 'react';

export interface ShowMoreProps {
  /** What the button says while something is left out: `Show all 34 hops`. */
  readonly more: string;
  readonly isNeeded: boolean;
  readonly children: (isWhole: boolean) => ReactNode;
}

/** A list of which only a part is shown until more is asked for. */
export function ShowMore({ more, isNeeded, children }: ShowMoreProps) {
  const [isWhole, setIsWhole] = useState(false);
  return (
    <>
      {children(isWhole || !isNeeded)}
      {isNeeded ? (
        <button type="button" className="link-button" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? 'Show less' : more}
        </button>
      ) : null}
    </>
  );
}
