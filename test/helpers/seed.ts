// Preloaded by `npm test`: property tests draw the same values in every run, so that a failure belongs to the change that
// caused it. `FC_SEED=$RANDOM npm test` draws others.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_261_122) });
