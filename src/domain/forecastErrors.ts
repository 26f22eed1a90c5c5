import { AppError } from './errors';

export const modelMissing = (file: string, cause?: unknown) =>
  new AppError('configuration', `There is no forecasting model at ${file}. Correct or clear the setting "aidog.forecast.modelFile".`, {
    cause,
  });

export const embeddedModelMissing = () => new AppError('internal', 'AIDog’s forecasting model is missing. Install AIDog again.');

export const notAModel = (file: string, cause?: unknown) =>
  new AppError(
    'configuration',
    `${file} is not an ONNX model that can be run. Convert it again, or clear the setting "aidog.forecast.modelFile".`,
    {
      cause,
    },
  );

export const wrongModelShapes = (file: string, found: string) =>
  new AppError(
    'configuration',
    `The model ${file} has ${found}; it must map an input [1,512] to "quantiles" [1,9,60], or to p10, p50 and p90 of 60 steps each.`,
  );

export const modelGaveNoNumbers = (file: string) =>
  new AppError('configuration', `The model ${file} predicted values that are no numbers. Convert it again and check its parity.`);

export const modelTooSlow = (file: string, seconds: number) =>
  new AppError('internal', `The model ${file} did not answer within ${seconds} s and was ended. Use a smaller one.`);

export const modelEnded = (file: string, why: string, cause?: unknown) =>
  new AppError('internal', `The process of the model ${file} ended: ${why}. It may need more memory than there is; use a smaller one.`, {
    cause,
  });

export const forecastCancelled = (cause?: unknown) => new AppError('cancelled', 'The forecast was cancelled.', { cause });
