import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** SHA-256 of texts, in hex. The length of each part is hashed too, so that no two lists collide. */
export function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}

/**
 * Reads a compiled validator that {@link writeValidator} wrote for the same key.
 *
 * @returns the source, or undefined when the file is missing, was made for another key, or a byte of it changed: a
 * damaged validator could wave anything through
 */
export function readValidator(file: string, key: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const end = text.indexOf('\n');
  const source = text.slice(end + 1);
  return text.slice(0, end) === header(source, key) ? source : undefined;
}

/** Writes a compiled validator, whole or not at all. */
export function writeValidator(file: string, key: string, source: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${header(source, key)}\n${source}`);
  renameSync(temporary, file);
}

function header(source: string, key: string): string {
  return `// ${digest(key, source)}`;
}
