import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * Asks for a text that nobody looking at the terminal may read, in one line; what is typed is not shown. An empty answer
 * is the empty text.
 */
export async function askHidden(
  question: string,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<string> {
  output.write(question);
  // readline repeats on its output what is typed.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: nowhere, terminal: true });
  // In a terminal without line mode readline itself must hear Ctrl-C.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await reader.question('');
  } finally {
    reader.close();
    output.write('\n');
  }
}
