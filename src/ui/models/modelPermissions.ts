import * as vscode from 'vscode';
import type { ModelChoice } from '../../domain/languageModel';
import { isRemoteModel } from '../../domain/modelAddress';
import { PERMISSION_WAIT_SEC } from '../../domain/modelUse';
import { forNotification } from '../plainText';
import { addressOf } from './modelKeys';
import { readModelSettings } from './modelSettings';
import { fieldWords } from './modelWords';

const slot = 'aidog.model.allowedAddresses';

export interface ModelPermissions {
  /**
   * Whether a model may be sent parts of an investigation. Asks once for each address: a yes is kept for good, a no until the window
   * closes. For models of VS Code it is VS Code that asks.
   */
  ask(choice: ModelChoice, signal: AbortSignal): Promise<boolean>;
  /** Asks anew after a no, since the person has just chosen the model. */
  askAnew(choice: ModelChoice): Promise<boolean>;
}

export interface PermissionOptions {
  readonly memento: Pick<vscode.Memento, 'get' | 'update'>;
  /** Shows what would be sent. */
  readonly preview: () => Thenable<unknown>;
}

export function createModelPermissions({ memento, preview }: PermissionOptions): ModelPermissions {
  const refused = new Set<string>();
  const open = new Map<string, Promise<boolean>>();
  const allowed = () => {
    const kept = memento.get<unknown>(slot);
    return Array.isArray(kept) ? kept.filter((address) => typeof address === 'string') : [];
  };
  const question = async (address: string): Promise<boolean> => {
    const isAllowed = await askPerson(address, preview);
    if (isAllowed) await memento.update(slot, [...new Set([...allowed(), address])]);
    else refused.add(address);
    open.delete(address);
    return isAllowed;
  };
  const ask = async (choice: ModelChoice, signal: AbortSignal): Promise<boolean> => {
    if (choice.provider === 'editor') return true;
    const address = destinationOf(choice);
    if (address === null || refused.has(address)) return false;
    if (allowed().includes(address)) return true;
    const asked = open.get(address) ?? question(address);
    open.set(address, asked);
    return within(asked, signal);
  };
  return {
    ask,
    async askAnew(choice) {
      const address = destinationOf(choice);
      if (address !== null) refused.delete(address);
      return ask(choice, new AbortController().signal);
    },
  };
}

/** Where what is sent ends up; Ollama passes models of its cloud on. null where the settings hold no address that may be used. */
export function destinationOf(choice: ModelChoice): string | null {
  const address = addressOf(choice);
  if (address === null) return null;
  const isPassedOn = choice.provider === 'ollama' && isRemoteModel(choice) && !isRemoteModel({ ...choice, model: '' });
  return isPassedOn ? 'https://ollama.com' : address;
}

async function askPerson(address: string, preview: () => Thenable<unknown>): Promise<boolean> {
  const [allow, look, later] = [vscode.l10n.t('Allow'), vscode.l10n.t('Preview'), vscode.l10n.t('Not Now')];
  const { fields } = readModelSettings(process.env).privacy;
  const text = vscode.l10n.t(
    'May AIDog send parts of investigations to {0}, so that its model words them? Sent are: {1}. Secrets are replaced with placeholders first.',
    new URL(address).host,
    fields.map(fieldWords).join(', '),
  );
  for (;;) {
    const answer = await vscode.window.showInformationMessage(forNotification(text), allow, look, later);
    if (answer !== look) return answer === allow;
    await preview();
  }
}

/** A question that nobody answers, or that is no longer of use, counts as no; its answer is kept all the same when it comes. */
function within(asked: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(false);
    const timer = setTimeout(giveUp, PERMISSION_WAIT_SEC * 1000);
    signal.addEventListener('abort', giveUp, { once: true });
    asked.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    });
  });
}
