import assert from 'node:assert/strict';
import { useState } from 'react';
import type { ErrorBoundary } from '../../../webview/ErrorBoundary';
import { render, useDom } from '../../fakes/render';

function Breakable({ isBroken }: { readonly isBroken: boolean }) {
  if (isBroken) throw new Error('cannot be drawn');
  return <p>drawn</p>;
}

/** The boundary is handed in because it can only be loaded where there is a page. */
function Example({ Boundary, onShowLog }: { readonly Boundary: typeof ErrorBoundary; readonly onShowLog: () => void }) {
  const [run, setRun] = useState(1);
  return (
    <>
      <button type="button" onClick={() => setRun(run + 1)}>
        next
      </button>
      <Boundary resetKey={run} onShowLog={onShowLog}>
        <Breakable isBroken={run === 1} />
      </Boundary>
    </>
  );
}

describe('the boundary around a view', () => {
  useDom();

  const original = console.error;
  before(() => {
    console.error = () => undefined;
  });
  after(() => {
    console.error = original;
  });

  it('shows a sentence and the way to the log instead of a view that throws, and tries again when the key changes', async () => {
    let logs = 0;
    const page = await render(async () => {
      const loaded = await import('../../../webview/ErrorBoundary');
      return <Example Boundary={loaded.ErrorBoundary} onShowLog={() => (logs += 1)} />;
    });
    assert.match(page.text(), /This part of the panel cannot be drawn/);
    await page.click('vscode-button', 'Show log');
    assert.equal(logs, 1);
    await page.click('button', 'next');
    assert.equal(page.text(), 'nextdrawn');
  });
});
