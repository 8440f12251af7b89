// The commands in a block of code, one by one, as somebody would type them.
import { spawnSync } from 'node:child_process';
import type { Block } from './markdown.ts';

export interface Command {
  document: string;
  line: number;
  section: string;
  /** What is typed, with its comment; over several lines where it goes on. Placeholders are filled in. */
  text: string;
  /** What the document says comes out. */
  output?: string;
}

/** Fills in placeholders: the text that stands for one in a document, or undefined where nobody knows. */
export type Fill = (placeholder: string, document: string) => string | undefined;

/** What stands for every placeholder where a command is looked at and not run: it is not looked up. */
export const anything = 'placeholder';

const isShell = (language: Block['language']): boolean => language === undefined || language === 'sh';

/** Whether a block is one that a reader types: an indented one, `sh`, and what follows each `$ ` of `console`. */
export function isTyped({ language }: Block): boolean {
  return isShell(language) || language === 'console';
}

/** The commands of a block that a reader types. Throws for a placeholder that nobody fills in, and for one that ends early. */
export function commandsOf(block: Block, fill: Fill): Command[] {
  return isShell(block.language) ? fromScript(block, fill) : fromConsole(block, fill);
}

function fromScript({ text, document, line, section }: Block, fill: Fill): Command[] {
  const commands: Command[] = [];
  let open: string[] = [];
  for (const [index, one] of text.split('\n').entries()) {
    if (open.length === 0 && /^\s*(#.*)?$/.test(one)) continue;
    open.push(fillIn(one, document, fill));
    if (!isWhole(open.join('\n'))) continue;
    commands.push({ document, line: line + index, section, text: open.join('\n') });
    open = [];
  }
  if (open.length > 0) throw new Error(`${document}:${line}: this is no whole command: ${open.join('\n')}`);
  return commands;
}

function fromConsole({ text, document, line, section }: Block, fill: Fill): Command[] {
  const commands: Command[] = [];
  for (const [index, one] of text.split('\n').entries()) {
    const last = commands.at(-1);
    if (one.startsWith('$ ')) {
      commands.push({ document, line: line + 1 + index, section, text: fillIn(one.slice(2), document, fill) });
    } else if (last === undefined) {
      throw new Error(`${document}:${line}: a console block begins with "$ " and a command`);
    } else last.output = last.output === undefined ? one : `${last.output}\n${one}`;
  }
  return commands;
}

/** Replaces `<name>` and the like. */
export function fillIn(text: string, document: string, fill: Fill): string {
  return text.replace(/<[a-z][^<>|;&$]*>/gi, (placeholder) => {
    const value = fill(placeholder, document);
    if (value === undefined)
      throw new Error(`${document}: nobody says what stands for ${placeholder}: add it to test/docs/accounts.ts`);
    return value;
  });
}

/** Whether Bash has read a whole command, or waits for more. */
function isWhole(text: string): boolean {
  return !text.endsWith('\\') && spawnSync('bash', ['-n'], { input: text }).status === 0;
}
