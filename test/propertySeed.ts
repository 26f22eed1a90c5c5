import fc from 'fast-check';

/** Property tests draw the same cases in every run, so that a red run can be repeated; AIDOG_SEED draws others. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.AIDOG_SEED ?? 1) });
