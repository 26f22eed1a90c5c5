import { useEffect, useState } from 'react';

const watched = { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-kind', 'data-vscode-theme-id'] };

/** A number that changes whenever the editor's theme does: a canvas bakes colours in and has to be drawn again. */
export function useTheme(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const observer = new MutationObserver(() => setVersion((last) => last + 1));
    observer.observe(document.body, watched);
    observer.observe(document.documentElement, watched);
    return () => observer.disconnect();
  }, []);
  return version;
}
