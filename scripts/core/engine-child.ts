// The child process in which one evaluation runs. It ends itself when it grows past its memory cap and when the parent is
// gone; the parent ends it at the deadline. SIGKILL is the only way out: while libjsonnet runs, process.exit hangs.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Jsonnet } from '@hanazuki/node-jsonnet';
import type { ChildMessage, ChildRequest } from './engine-node-jsonnet-run.ts';

/** File descriptor of the answer; standard output stays free of it, whatever a library prints there. */
const answer = 3;

/** Milliseconds between two looks at the process's own size. */
const watchInterval = 25;

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => void evaluate(JSON.parse(line) as ChildRequest));
lines.once('close', die);

async function evaluate(request: ChildRequest): Promise<void> {
  const cap = request.mebibytes * 1024 * 1024;
  setInterval(() => {
    if (process.memoryUsage.rss() < cap) return;
    send({ memory: request.mebibytes });
    die();
  }, watchInterval);

  process.chdir(request.root);
  const engine = new Jsonnet();
  for (const folder of request.libraryPath) engine.addJpath(folder);
  engine.nativeCallback('enter', (part) => (send({ enter: String(part) }), part), 'part');
  try {
    const json = await engine.evaluateSnippet(request.snippet, request.file);
    send({ ok: true });
    write(json);
  } catch (error) {
    send({ error: error instanceof Error ? error.message : String(error) });
  }
  process.exit(0);
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
