import { mapChildren, type SchemaNode } from '../schema-nodes.ts';

/** Length of a schema, as JSON, from which it is worth a function of its own. */
const smallest = 400;

/**
 * Moves the larger objects of a schema to `$defs`, equal ones to one place. It accepts the same values. A custom kind can
 * repeat a type dozens of times (an ApplicationSet repeats the Application), and a compiler turns every copy to code; and
 * a JavaScript engine compiles functions when they are called, so that what a manifest does not use costs nothing.
 */
export function hoist(schema: SchemaNode): SchemaNode {
  const names = new Map<string, string>();
  const $defs: Record<string, SchemaNode> = {};

  function visit(node: SchemaNode): SchemaNode {
    const copy = mapChildren(node, visit);
    if (copy.properties === undefined) return copy;
    const text = JSON.stringify(copy);
    if (text.length < smallest) return copy;
    let name = names.get(text);
    if (name === undefined) {
      name = String(names.size);
      names.set(text, name);
      $defs[name] = copy;
    }
    return { $ref: `#/$defs/${name}` };
  }

  const root = mapChildren(schema, visit);
  return names.size === 0 ? root : { ...root, $defs };
}
