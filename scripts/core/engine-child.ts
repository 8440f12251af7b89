// The child process in which one evaluation runs. It ends itself when it has used up its time or its memory, and when the
// parent is gone. SIGKILL is the only way out: while libjsonnet runs, process.exit hangs.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Jsonnet } from '@hanazuki/node-jsonnet';
import type { ChildMessage, ChildRequest } from './engine-node-jsonnet-run.ts';

/** File descriptor of the answer; standard output stays free of it, whatever a library prints there. */
const answer = 3;

/** Milliseconds between two looks at the process's own size and time. */
const watchInterval = 25;

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => void evaluate(JSON.parse(line) as ChildRequest));
lines.once('close', die);

async function evaluate({ limits, ...request }: ChildRequest): Promise<void> {
  const cap = limits.mebibytes * 1024 * 1024;
  setInterval(() => {
    const exceeded =
      process.memoryUsage.rss() > cap ? 'memory' : processorTime() > limits.seconds ? 'timeout' : undefined;
    if (exceeded === undefined) return;
    send({ exceeded, seconds: processorTime() });
    die();
  }, watchInterval);

  process.chdir(request.root);
  const engine = new Jsonnet();
  for (const folder of request.libraryPath) engine.addJpath(folder);
  engine.nativeCallback('enter', (part) => (send({ enter: String(part) }), part), 'part');
  try {
    const json = await engine.evaluateSnippet(request.snippet, request.file);
    send({ ok: true, seconds: processorTime() });
    write(json);
  } catch (error) {
    send({ error: error instanceof Error ? error.message : String(error), seconds: processorTime() });
  }
  process.exit(0);
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function send(message: ChildMessage): void {
  write(`${JSON.stringify(message)}\n`);
}

function write(text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length;) offset += writeSync(answer, bytes, offset);
}
