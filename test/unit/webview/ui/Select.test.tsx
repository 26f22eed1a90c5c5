import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('a select', () => {
  useDom();

  it('tells which option was chosen', async () => {
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
});
