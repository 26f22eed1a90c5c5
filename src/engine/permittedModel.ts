import type { LanguageModel, ModelChoice } from '../domain/languageModel';
import { isRemoteModel, modelAddress, modelLabel } from '../domain/modelAddress';
import { modelNotPermitted, modelUnnamed } from '../domain/modelErrors';
import { type ModelSettings, PERMISSION_WAIT_SEC } from '../domain/modelUse';

/** Whether the person allows that a model is sent anything; asked only of models that are not on this machine. */
export type PermitModel = (choice: ModelChoice, signal: AbortSignal) => Promise<boolean>;

/**
 * The model of the settings without those that the person does not allow. Nobody is asked, and nothing is built, before there is
 * something to send. Rejects each request with the reason where none is left or the settings cannot be used.
 */
export function permittedModel(
  primary: ModelChoice,
  settings: ModelSettings,
  permit: PermitModel,
  build: (settings: ModelSettings) => Promise<LanguageModel | null>,
): LanguageModel {
  const choices = [primary, settings.fallback].filter((choice) => choice !== null);
  let deciding: Promise<LanguageModel> | null = null;
  const decide = async (signal: AbortSignal): Promise<LanguageModel> => {
    const [unnamed] = choices.filter(({ provider, model }) => provider !== 'editor' && model === '');
    if (unnamed === primary) throw modelUnnamed();
    const allowed: ModelChoice[] = [];
    for (const choice of choices.filter((one) => one !== unnamed))
      if (!isRemoteModel(choice) || (await permit(choice, signal))) allowed.push(choice);
    const [first = null, second = null] = allowed;
    const model = await build({ ...settings, primary: first, fallback: second });
    if (model === null) throw modelNotPermitted(placeOf(primary));
    return model;
  };
  return {
    name: modelLabel(primary),
    isRemote: isRemoteSettings(settings),
    async complete(request, signal, onText) {
      deciding ??= decide(signal);
      return (await deciding).complete(request, signal, onText);
    },
  };
}

/** Whether any model of the settings may be asked that is not on this machine. */
export function isRemoteSettings({ primary, fallback }: Pick<ModelSettings, 'primary' | 'fallback'>): boolean {
  return [primary, fallback].some((choice) => choice !== null && mayBeRemote(choice));
}

/** Pauses between tries, and the second try of a model that thought until its room was used up. */
const SPARE_SEC = 60;

/**
 * Milliseconds after which code answers instead of the models: so long that each of them has the time of the settings, after the person
 * was asked about those that are not on this machine.
 */
export function answerLimitMs({ primary, fallback, timeoutSec }: Pick<ModelSettings, 'primary' | 'fallback' | 'timeoutSec'>): number {
  const choices = [primary, fallback].filter((choice) => choice !== null);
  const secondsOf = (choice: ModelChoice) => timeoutSec + (mayBeRemote(choice) ? PERMISSION_WAIT_SEC : 0);
  return (choices.reduce((sum, choice) => sum + secondsOf(choice), 0) + SPARE_SEC) * 1000;
}

/** A model at an address that cannot be read counts as remote. */
function mayBeRemote(choice: ModelChoice): boolean {
  try {
    return isRemoteModel(choice);
  } catch {
    return true;
  }
}

const placeOf = ({ provider, baseUrl }: ModelChoice) => (provider === 'editor' ? 'the models of VS Code' : modelAddress(provider, baseUrl));
