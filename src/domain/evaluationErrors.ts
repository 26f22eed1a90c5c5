import { AppError } from './errors';

export const noEvaluationData = () =>
  new AppError(
    'bad_input',
    'The recorded incidents with known causes are not part of AIDog: name the folder that holds them with --data DIR or AIDOG_DATA.',
  );

export const noSuchSet = (dir: string, name: string | null, names: readonly string[]) =>
  new AppError(
    'bad_input',
    names.length === 0
      ? `There is no set of recorded incidents below "${dir}": a set is a folder with answers.json and a recording for each answer. Name another folder with --data DIR.`
      : `There is no set "${name}" below "${dir}"; there are ${names.map((one) => `"${one}"`).join(', ')}.`,
  );

export const unreadableAnswers = (path: string, cause: unknown) =>
  new AppError('bad_input', `The answers in "${path}" cannot be read; mend the file or leave its folder out with --set.`, { cause });
