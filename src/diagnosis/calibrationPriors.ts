import type { CalibrationPriors } from './calibration';

// Written by `npm run calibrate`; changes by hand are lost.
export const calibrationPriors: CalibrationPriors = {
  fittedOn: '2026-11-21',
  source: 'nothing yet',
  before: { brier: 0, ece: 0, meanConfidence: 0, right: 0, brierOfConstant: 0, hypotheses: 0 },
  after: { brier: 0, ece: 0, meanConfidence: 0, right: 0, brierOfConstant: 0, hypotheses: 0 },
  crossValidated: { brier: 0, ece: 0, meanConfidence: 0, right: 0, brierOfConstant: 0, hypotheses: 0 },
  outcomes: { commit: [], cause: [], place: [], healthy: [] },
};
