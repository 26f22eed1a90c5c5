import type { CalibrationPriors } from './calibration';

// Written by `npm run calibrate`; changes by hand are lost.
export const calibrationPriors: CalibrationPriors = {
  fittedOn: '2026-11-21',
  source: '109 recorded incidents with known causes (nezha-ob 56, opensre 15, petshop 26, rcb 12)',
  before: { brier: 0.3337, ece: 0.5194, meanConfidence: 0.4266, right: 0.945, brierOfConstant: 0.052, hypotheses: 109 },
  after: { brier: 0.0288, ece: 0.0451, meanConfidence: 0.9195, right: 0.945, brierOfConstant: 0.052, hypotheses: 109 },
  crossValidated: { brier: 0.039, ece: 0.0511, meanConfidence: 0.9234, right: 0.945, brierOfConstant: 0.052, hypotheses: 109 },
  outcomes: {
    commit: [
      { raw: 0.6, right: 0.95, of: 1 },
      { raw: 0.65, right: 0.95, of: 1 },
      { raw: 0.75, right: 1.9, of: 2 },
      { raw: 0.8, right: 1.9, of: 2 },
      { raw: 0.85, right: 1.9, of: 2 },
      { raw: 0.9, right: 0.95, of: 1 },
    ],
    cause: [
      { raw: 0.25, right: 0.97, of: 1 },
      { raw: 0.3, right: 7.76, of: 8 },
      { raw: 0.4, right: 5.82, of: 6 },
      { raw: 0.55, right: 11.64, of: 12 },
      { raw: 0.65, right: 3.88, of: 4 },
      { raw: 0.7, right: 3.88, of: 4 },
      { raw: 0.75, right: 0.97, of: 1 },
      { raw: 0.8, right: 0.97, of: 1 },
      { raw: 0.85, right: 3.88, of: 4 },
    ],
    place: [
      { raw: 0.05, right: 0, of: 1 },
      { raw: 0.1, right: 0.985, of: 3 },
      { raw: 0.15, right: 5.91, of: 7 },
      { raw: 0.2, right: 4.925, of: 6 },
      { raw: 0.25, right: 8.865, of: 9 },
      { raw: 0.3, right: 9.85, of: 10 },
      { raw: 0.35, right: 6.895, of: 7 },
      { raw: 0.4, right: 6.895, of: 7 },
      { raw: 0.45, right: 2.955, of: 3 },
    ],
    healthy: [
      { raw: 0.1, right: 0, of: 1 },
      { raw: 0.15, right: 0.95, of: 1 },
      { raw: 0.6, right: 1.9, of: 2 },
      { raw: 0.7, right: 0.95, of: 1 },
      { raw: 0.75, right: 0.95, of: 1 },
    ],
  },
};
