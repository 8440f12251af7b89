import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startProgress, watchEvaluation } from '../../scripts/report/progress.ts';

/** What a terminal, or something else, receives. */
function stream(properties: { isTTY: boolean; columns?: number }) {
  const written: string[] = [];
  const fake = { columns: 40, ...properties, write: (text: string) => written.push(text) > 0 };
  return { written, stream: fake as unknown as NodeJS.WriteStream };
}

/** Sets environment variables for the time of a test; undefined removes one. */
function setEnvironment(t: TestContext, values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) {
    const before = process.env[name];
    assign(name, value);
    t.after(() => assign(name, before));
  }
}

function assign(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function drive(into: NodeJS.WriteStream): void {
  const progress = startProgress(into, 2);
  progress.show('home: mimir');
  progress.advance();
  progress.clear();
  progress.clear();
}

test('on a terminal one line is drawn over and removed', (t) => {
  setEnvironment(t, { CI: undefined, TERM: 'xterm' });
  const { written, stream: terminal } = stream({ isTTY: true });
  drive(terminal);
  assert.deepEqual(written, [
    `\r\x1b[2K${'░'.repeat(20)} 0/2 home: mimir`,
    `\r\x1b[2K${'█'.repeat(10)}${'░'.repeat(10)} 1/2 `,
    '\r\x1b[2K',
  ]);
  const narrow = stream({ isTTY: true, columns: 10 });
  drive(narrow.stream);
  assert.ok(narrow.written.every((text) => text.replace('\r\x1b[2K', '').length < 10));
});

test('everywhere else it is silent', (t) => {
  setEnvironment(t, { CI: undefined });
  const pipe = stream({ isTTY: false });
  drive(pipe.stream);
  setEnvironment(t, { CI: 'true' });
  const runner = stream({ isTTY: true });
  drive(runner.stream);
  assert.deepEqual([pipe.written, runner.written], [[], []]);
});

test('a trace takes the place of the line, and is written where there is no line, too', (t) => {
  setEnvironment(t, { CI: undefined, TERM: 'xterm' });
  for (const isTTY of [true, false]) {
    const { written, stream: into } = stream({ isTTY });
    const { onApp, onTrace } = watchEvaluation(startProgress(into, 1), into, 'home');
    onApp('mimir');
    onTrace('TRACE: x');
    const line = `\r\x1b[2K${'░'.repeat(20)} 0/1 home: mimir`;
    assert.deepEqual(written, isTTY ? [line, '\r\x1b[2K', 'TRACE: x\n'] : ['TRACE: x\n']);
  }
});
