// The code in a Markdown document, as Prettier's own parser reads it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParserOptions } from 'prettier';
import { parsers } from 'prettier/plugins/markdown';

export const repositoryRoot = join(import.meta.dirname, '..', '..');

/** A block of code, fenced or indented. */
export interface Block {
  /** Path of the document in the repository. */
  document: string;
  /** Line of its first character, the fence included. */
  line: number;
  /** Text of the heading that it stands under; empty before the first one. */
  section: string;
  /** What its fence says; null for a fence that says nothing, undefined for an indented block. */
  language: string | null | undefined;
  text: string;
}

/** Code in the middle of a sentence. */
export interface Inline {
  document: string;
  line: number;
  text: string;
}

export interface Document {
  path: string;
  blocks: Block[];
  inlines: Inline[];
}

/** What of a node of Prettier's tree (mdast) is read here. */
interface Node {
  type: string;
  value?: string;
  lang?: string | null;
  children?: Node[];
  position: { start: { line: number; offset: number } };
}

/** Every document that a reader may follow: those of Git and new ones, without other people's and fixtures. */
export function documentPaths(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
  return execFileSync('git', args, { cwd: repositoryRoot, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((path) => !/^(vendor\/|test\/fixtures\/|CHANGELOG)/.test(path))
    .sort();
}

export async function readDocument(path: string): Promise<Document> {
  return parseDocument(path, readFileSync(join(repositoryRoot, path), 'utf8'));
}

export async function parseDocument(path: string, source: string): Promise<Document> {
  const tree = (await parsers.markdown.parse(source, { originalText: source } as ParserOptions)) as Node;
  const document: Document = { path, blocks: [], inlines: [] };
  let section = '';
  const visit = (node: Node): void => {
    const { line, offset } = node.position.start;
    if (node.type === 'heading') section = textOf(node);
    if (node.type === 'code') {
      const isFenced = /^[ \t]*(```|~~~)/.test(source.slice(offset));
      const language = isFenced ? (node.lang ?? null) : undefined;
      document.blocks.push({ document: path, line, section, language, text: node.value ?? '' });
    }
    if (node.type === 'inlineCode') document.inlines.push({ document: path, line, text: node.value ?? '' });
    node.children?.forEach(visit);
  };
  visit(tree);
  return document;
}

function textOf({ value, children = [] }: Node): string {
  return value ?? children.map(textOf).join('');
}
