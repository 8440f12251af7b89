// Differential fuzzing: `npm run fuzz -- --minutes 10 [--seed 1]`. Generated programs are evaluated by the engine and by
// go-jsonnet; a program on which they differ is printed. Both must print the same bytes, or refuse for the same reason.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateProgram } from './generate.ts';
import { difference, evaluateBatch, findGoJsonnet, ownOutcome } from './compare.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? '1');
const first = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const goJsonnet = findGoJsonnet();
if (goJsonnet === null) {
  process.stderr.write('fuzz: needs go-jsonnet: go install github.com/google/go-jsonnet/cmd/jsonnet@v0.22.0\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'rekindle-fuzz-'));
const end = performance.now() + minutes * 60_000;
let programs = 0;
let refused = 0;
let mismatches = 0;
let unfinished = 0;
const batchSize = 40;
try {
  for (let seed = first; performance.now() < end; seed += batchSize) {
    const sources = Array.from({ length: batchSize }, (_, index) => generateProgram(seed + index));
    const theirs = evaluateBatch(goJsonnet, folder, sources);
    sources.forEach((source, index) => {
      programs++;
      const own = ownOutcome(source);
      const other = theirs[index];
      if (other === undefined) {
        unfinished++;
        return;
      }
      if ('reason' in own) refused++;
      const found = difference(own, other);
      if (found === undefined) return;
      mismatches++;
      process.stdout.write(`--- seed ${seed + index}\n${source}\n${found}\n`);
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(
  `${programs} programs from seed ${first}: ${programs - refused - unfinished} values, ${refused} refusals, ` +
    `${mismatches} mismatches; ${unfinished} that go-jsonnet had no time for\n`,
);
process.exitCode = mismatches === 0 ? 0 : 1;
