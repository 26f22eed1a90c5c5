import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('the widgets', () => {
  useDom();

  it('press a button', async () => {
    const { Button } = await import('../../../../webview/ui/Button');
    let presses = 0;
    const page = await render(async () => <Button label="Go" icon="play" isPrimary title="Go there" onPress={() => (presses += 1)} />);
    await page.click('vscode-button', 'Go');
    const button = page.get('vscode-button') as HTMLElement & { secondary: boolean; icon: string };
    assert.deepEqual([presses, button.secondary, button.icon, button.title], [1, false, 'play', 'Go there']);
  });

  it('name a button that is only a glyph', async () => {
    const { IconButton } = await import('../../../../webview/ui/IconButton');
    let presses = 0;
    const page = await render(async () => <IconButton label="Copy" icon="copy" onPress={() => (presses += 1)} />);
    const button = page.get('vscode-toolbar-button');
    button.click();
    assert.equal(button.shadowRoot?.querySelector('button')?.getAttribute('aria-label'), 'Copy');
    assert.equal(presses, 1);
  });

  it('tell which option was chosen', async () => {
    const { Select } = await import('../../../../webview/ui/Select');
    const chosen: string[] = [];
    const options = [
      { value: 'a', text: 'First' },
      { value: 'b', text: 'Second' },
    ];
    const page = await render(async () => <Select label="Series" options={options} value="b" onChoose={(value) => chosen.push(value)} />);
    const select = page.get('vscode-single-select') as HTMLElement & { value: string; label: string };
    assert.deepEqual([select.value, select.label], ['b', 'Series']);
    select.value = 'a';
    select.dispatchEvent(new window.Event('change'));
    assert.deepEqual(chosen, ['a']);
  });

  it('say with a pressed state which chip is chosen, and none where there is no choice', async () => {
    const { Chip } = await import('../../../../webview/ui/Chip');
    const page = await render(async () => [
      <Chip key="a" text="All" isPressed count={4} onPress={() => undefined} />,
      <Chip key="b" text="E1" onPress={() => undefined} />,
    ]);
    assert.deepEqual(
      page.all('.chip').map((chip) => [chip.getAttribute('aria-pressed'), chip.textContent]),
      [
        ['true', 'All4'],
        [null, 'E1'],
      ],
    );
  });

  it('keep a bar inside its track', async () => {
    const { Bar } = await import('../../../../webview/ui/Bar');
    const page = await render(async () => [0.25, -1, 7, Number.NaN].map((share) => <Bar key={share} share={share} />));
    assert.deepEqual(
      page.all('.bar-fill').map(({ style }) => style.getPropertyValue('--share')),
      ['25%', '0%', '100%', '0%'],
    );
  });

  it('hide glyphs from screen readers', async () => {
    const { Icon } = await import('../../../../webview/ui/Icon');
    const page = await render(async () => <Icon name="loading" tone="info" spin />);
    const icon = page.get('.codicon-loading');
    assert.equal(icon.getAttribute('aria-hidden'), 'true');
    assert.match(icon.className, /ink-info codicon-modifier-spin/);
  });

  it('show a text that is short whole, and a long one after a press', async () => {
    const { LongText } = await import('../../../../webview/ui/LongText');
    const short = await render(async () => <LongText text="abc" glance={4} />);
    assert.equal(short.text(), 'abc');
    const long = await render(async () => <LongText text="abcdefghij" glance={4} />);
    assert.equal(long.text(), 'abcd… Show all 10 characters');
    await long.click('button');
    assert.equal(long.text(), 'abcdefghij Show less');
  });
});
