/**
 * A tree as indented lines. A branch that was drawn before is named again, marked with `…`, but not drawn twice: import
 * graphs share most of their branches.
 */
export function drawTree(root: string, children: (node: string) => readonly string[]): string {
  const drawn = new Set<string>();
  const lines: string[] = [];
  const draw = (node: string, lead: string, pad: string): void => {
    const below = children(node);
    const again = drawn.has(node) && below.length > 0;
    drawn.add(node);
    lines.push(`${lead}${node}${again ? ' …' : ''}`);
    if (again) return;
    below.forEach((child, index) => {
      const last = index === below.length - 1;
      draw(child, `${pad}${last ? '└─ ' : '├─ '}`, `${pad}${last ? '   ' : '│  '}`);
    });
  };
  draw(root, '', '');
  return `${lines.join('\n')}\n`;
}
