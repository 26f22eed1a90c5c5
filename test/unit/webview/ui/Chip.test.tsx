import assert from 'node:assert/strict';
import { render, useDom } from '../../../fakes/render';

describe('a chip', () => {
  useDom();

  it('says that it is chosen, and nothing where there is no choice', async () => {
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
});
