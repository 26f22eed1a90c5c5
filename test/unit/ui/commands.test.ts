import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { AppError } from '../../../src/domain/errors';
import { type CommandHandlers, commandIds, registerCommands } from '../../../src/ui/commands';
import { createReport } from '../../../src/ui/report';
import { fake } from '../../fakes/vscode';

const ids = Object.values(commandIds);
const silent = { info: () => undefined, error: () => undefined };
const handlers = (changes: Partial<CommandHandlers> = {}) =>
  ({ ...Object.fromEntries(Object.keys(commandIds).map((name) => [name, () => undefined])), ...changes }) as CommandHandlers;

describe('the table of commands', () => {
  beforeEach(() => fake.reset());

  it('is the one that package.json declares', () => {
    assert.deepEqual(ids.toSorted(), manifest.contributes.commands.map(({ command }) => command).toSorted());
  });

  it('puts every command into one category', () => {
    assert.deepEqual([...new Set(manifest.contributes.commands.map(({ category }) => category))], ['AIDog']);
  });

  it('covers every command that a menu, a welcome text or a walkthrough names', () => {
    const inMenus = Object.values(manifest.contributes.menus).flatMap((items) => items.map(({ command }) => command));
    assert.deepEqual(
      inMenus.filter((command) => !ids.includes(command as (typeof ids)[number])),
      [],
    );
  });

  it('registers every command, and takes all back', () => {
    const registered = registerCommands(
      handlers(),
      createReport(silent, () => undefined),
    );
    assert.deepEqual([...fake.commands.keys()].toSorted(), ids.toSorted());
    registered.dispose();
    assert.equal(fake.commands.size, 0);
  });

  it('shows what a handler throws, at once or later, as one message', async () => {
    const fail = () => {
      throw new AppError('workspace', 'Open a folder first.');
    };
    registerCommands(
      handlers({ refresh: fail, tryDemo: async () => fail() }),
      createReport(silent, () => undefined),
    );
    await fake.commands.get(commandIds.refresh)?.();
    await new Promise(setImmediate);
    await fake.commands.get(commandIds.tryDemo)?.();
    assert.deepEqual(
      fake.messages.map(({ kind, text }) => [kind, text]),
      [
        ['error', 'Open a folder first.'],
        ['error', 'Open a folder first.'],
      ],
    );
  });

  it('hands the argument on', async () => {
    const seen: unknown[] = [];
    registerCommands(
      handlers({ tryDemo: (argument) => void seen.push(argument) }),
      createReport(silent, () => undefined),
    );
    await fake.commands.get(commandIds.tryDemo)?.('errors');
    assert.deepEqual(seen, ['errors']);
  });
});
