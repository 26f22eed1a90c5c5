import type { CalibrationPriors } from './calibration';

// Written by `npm run calibrate`; changes by hand are lost.
export const calibrationPriors: CalibrationPriors = {
  fittedOn: '2026-11-21',
  source: '109 recorded incidents with known causes (nezha-ob 56, opensre 15, petshop 26, rcb 12)',
  before: { brier: 0.324, ece: 0.5106, meanConfidence: 0.4353, right: 0.945, brierOfConstant: 0.052, hypotheses: 109 },
  after: { brier: 0.0333, ece: 0.0443, meanConfidence: 0.9167, right: 0.945, brierOfConstant: 0.052, hypotheses: 109 },
  crossValidated: { brier: 0.0403, ece: 0.0386, meanConfidence: 0.9172, right: 0.945, brierOfConstant: 0.052, hypotheses: 109 },
  outcomes: {
    commit: [
      { raw: 0.6, right: 0.97, of: 1 },
      { raw: 0.7, right: 0.97, of: 1 },
      { raw: 0.75, right: 1.94, of: 2 },
      { raw: 0.8, right: 1.94, of: 2 },
      { raw: 0.85, right: 1.94, of: 2 },
      { raw: 0.9, right: 0.97, of: 0.97 },
    ],
    cause: [
      { raw: 0.3, right: 7.84, of: 8 },
      { raw: 0.35, right: 0.98, of: 1 },
      { raw: 0.4, right: 1.96, of: 2 },
      { raw: 0.45, right: 0.98, of: 1 },
      { raw: 0.5, right: 2.94, of: 3 },
      { raw: 0.55, right: 11.76, of: 11.97 },
      { raw: 0.6, right: 0.98, of: 1 },
      { raw: 0.65, right: 3.92, of: 3.97 },
      { raw: 0.7, right: 3.92, of: 3.94 },
      { raw: 0.8, right: 2.94, of: 3 },
      { raw: 0.85, right: 2.94, of: 3 },
    ],
    place: [
      { raw: 0.05, right: 0, of: 0.98 },
      { raw: 0.1, right: 1, of: 3 },
      { raw: 0.15, right: 5.94, of: 5.94 },
      { raw: 0.2, right: 5, of: 6.92 },
      { raw: 0.25, right: 7.88, of: 7.88 },
      { raw: 0.3, right: 10.84, of: 10.84 },
      { raw: 0.35, right: 3.96, of: 3.96 },
      { raw: 0.4, right: 8.96, of: 8.96 },
      { raw: 0.45, right: 2, of: 2 },
      { raw: 0.5, right: 1, of: 1 },
    ],
    healthy: [
      { raw: 0.1, right: 0, of: 0.9 },
      { raw: 0.15, right: 0.9, of: 0.9 },
      { raw: 0.6, right: 1.902, of: 1.902 },
      { raw: 0.7, right: 0.951, of: 0.951 },
      { raw: 0.75, right: 0.951, of: 0.951 },
    ],
  },
};
