import { isUtf8 } from 'node:buffer';

/** Where a text stops being UTF-8 (1-based line and column in bytes), or undefined when all of it is. */
export function firstInvalidUtf8(content: Buffer): { line: number; column: number } | undefined {
  if (isUtf8(content)) return undefined;
  let line = 1;
  for (let start = 0; ; line++) {
    const newline = content.indexOf(10, start);
    const bytes = content.subarray(start, newline === -1 ? content.length : newline);
    if (!isUtf8(bytes)) return { line, column: validPrefix(bytes) + 1 };
    start = newline + 1;
  }
}

function validPrefix(bytes: Buffer): number {
  let length = 0;
  for (let end = 1; end <= bytes.length; end++) if (isUtf8(bytes.subarray(0, end))) length = end;
  return length;
}
