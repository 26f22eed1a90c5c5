import assert from 'node:assert/strict';
import { useState } from 'react';
import type { Tabs } from '../../../../webview/ui/Tabs';
import { render, useDom } from '../../../fakes/render';

const items = [
  { id: 'one', text: 'One' },
  { id: 'two', text: 'Two', count: 3 },
  { id: 'three', text: 'Three', count: 0 },
] as const;

/** The component is handed in because it can only be loaded where there is a page. */
function Example({ Component }: { readonly Component: typeof Tabs }) {
  const [selected, setSelected] = useState<(typeof items)[number]['id']>('one');
  return <Component label="Parts" items={items} selected={selected} onSelect={setSelected} />;
}

const renderTabs = () =>
  render(async () => {
    const loaded = await import('../../../../webview/ui/Tabs');
    return <Example Component={loaded.Tabs} />;
  });

describe('tabs', () => {
  useDom();

  it('are one stop for the Tab key', async () => {
    const page = await renderTabs();
    assert.deepEqual(
      page.all('[role=tab]').map(({ tabIndex }) => tabIndex),
      [0, -1, -1],
    );
    assert.equal(page.get('[role=tablist]').getAttribute('aria-label'), 'Parts');
  });

  for (const [keys, selected] of [
    [['ArrowRight'], 'Two'],
    [['ArrowLeft'], 'Three'],
    [['End'], 'Three'],
    [['End', 'ArrowRight'], 'One'],
    [['End', 'Home'], 'One'],
    [['ArrowDown'], 'One'],
  ] as const)
    it(`select ${selected} after ${keys.join(', ')}`, async () => {
      const page = await renderTabs();
      for (const key of keys) await page.press('[role=tab][aria-selected=true]', key);
      assert.match(page.get('[role=tab][aria-selected=true]').textContent ?? '', new RegExp(`^${selected}`));
    });

  it('move the focus with the selection', async () => {
    const page = await renderTabs();
    await page.press('[role=tab][aria-selected=true]', 'ArrowRight');
    assert.equal(document.activeElement?.id, 'tab-two');
  });

  it('count what is behind them unless it is nothing', async () => {
    const page = await renderTabs();
    assert.deepEqual(
      page.all('[role=tab]').map(({ textContent }) => textContent),
      ['One', 'Two3', 'Three'],
    );
  });
});
