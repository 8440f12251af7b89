export interface Column {
  title: string;
  /** Numbers stand to the right. Default: left. */
  align?: 'left' | 'right';
}

/** A plain text table, two spaces between columns, no white space at the end of a line. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? '').length)));
  return lines
    .map((line) =>
      columns
        .map(({ align }, index) => {
          const [text, width] = [line[index] ?? '', widths[index] ?? 0];
          return align === 'right' ? text.padStart(width) : text.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
