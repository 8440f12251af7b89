// `repeat.cjs ENGINE TIMES [-J FOLDER]… (FILE | -e PROGRAM)`: evaluates again and again in this process. With the variable
// REPORT it writes the medians of the later half to that file; the value of the last evaluation goes to standard output.
import { readFileSync, writeFileSync } from 'node:fs';
import { evaluateText } from '../../scripts/jsonnet/engine/evaluate.ts';
import { makeUnitCache } from '../../scripts/jsonnet/engine/run.ts';
import { fileHost } from '../../scripts/jsonnet/command/file-host.ts';
import { median } from './measure.ts';

const [engine, times, ...rest] = process.argv.slice(2);
const folders: string[] = [];
while (rest[0] === '-J') folders.push(rest.splice(0, 2)[1]!);
const isCode = rest[0] === '-e';
const file = isCode ? '' : rest[0]!;
const source = isCode ? rest[1]! : readFileSync(file, 'utf8');

/** Parsed and compiled files are kept, as a process that lives on keeps them. */
const ours = (): (() => Promise<string>) => {
  const cache = makeUnitCache();
  const host = fileHost(folders);
  return async () => evaluateText(file || '<cmdline>', file, source, { host, cache });
};

const libjsonnet = async (): Promise<() => Promise<string>> => {
  const { Jsonnet } = await import('@hanazuki/node-jsonnet');
  const jsonnet = new Jsonnet();
  for (const folder of folders) jsonnet.addJpath(folder);
  return () => jsonnet.evaluateSnippet(source, file || '<cmdline>');
};

const run = async (): Promise<void> => {
  const evaluate = engine === 'node-jsonnet' ? await libjsonnet() : ours();
  const samples: { cpu: number; wall: number }[] = [];
  let value = '';
  for (let round = 0; round < Number(times); round++) {
    const start = performance.now();
    const before = process.cpuUsage();
    value = await evaluate();
    const { user, system } = process.cpuUsage(before);
    samples.push({ cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 });
  }
  const later = samples.slice(Math.floor(samples.length / 2));
  const report = { cpu: median(later.map(({ cpu }) => cpu)), wall: median(later.map(({ wall }) => wall)) };
  if (process.env['REPORT'] !== undefined) writeFileSync(process.env['REPORT'], JSON.stringify(report));
  process.stdout.write(`${value}\n`);
};

void run();
