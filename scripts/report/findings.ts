import type { Diagnostic } from '../core/types.ts';

/**
 * Prints findings for people and sets the exit code to 1 when one of them is an error. The reporters are loaded only when
 * there is something to report: most runs find nothing.
 */
export async function printFindings(diagnostics: readonly Diagnostic[], stream: NodeJS.WriteStream): Promise<void> {
  if (diagnostics.length === 0) return;
  const { exitCode, report } = await import('./index.ts');
  const color = stream.isTTY && !process.env.NO_COLOR;
  stream.write(`${report('pretty', diagnostics, { version: '', color })}\n`);
  if (exitCode(diagnostics) !== 0) process.exitCode = exitCode(diagnostics);
}
