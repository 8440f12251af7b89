// Every leaf of every manifest of every environment: traced it has the value that the engine computes, and the place that
// it names is there, in a file of the environment's import graph. Where a literal stands, it is the value.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { discoverEnvironments } from '../../../scripts/core/discover.ts';
import { importGraph } from '../../../scripts/core/graph.ts';
import { renderApps } from '../../../scripts/core/render-apps.ts';
import { openRepository } from '../../../scripts/core/root.ts';
import { traceApp } from '../../../scripts/core/why/app.ts';
import type { Site } from '../../../scripts/jsonnet/engine/errors.ts';
import { child, childrenOf, makerOf } from '../../../scripts/jsonnet/provenance/explain.ts';
import { dataOf } from '../../../scripts/jsonnet/provenance/trace.ts';
import type { Traced } from '../../../scripts/jsonnet/provenance/value.ts';
import { Kind } from '../../../scripts/jsonnet/syntax/ast.ts';
import { parse } from '../../../scripts/jsonnet/syntax/parser.ts';

/** Counts leaves, and those of them that are written down as they are. */
interface Count {
  leaves: number;
  literals: number;
}

function checkLeaves(traced: Traced, files: ReadonlySet<string>, count: Count): void {
  const { value, origin } = traced;
  if (typeof value === 'object' && value !== null) {
    for (const name of childrenOf(traced)) checkLeaves(child(traced, name)!.traced, files, count);
    return;
  }
  const site = makerOf(origin);
  assert.ok(files.has(site.unit.name), `${JSON.stringify(value)} is said to come from ${site.unit.name}`);
  count.leaves++;
  const written = literalAt(site);
  if (written === undefined) return;
  assert.equal(value, written, `${site.unit.name}:${site.unit.positionAt(site.start).line}`);
  count.literals++;
}

/** The value of the literal at a place; undefined where something else stands. */
function literalAt({ unit, start, end }: Site): unknown {
  const text = unit.source.slice(start, end);
  // The whole text of a file that was read by importstr is no expression.
  if (!/^["'@|\d]|^(true|false)$/.test(text) || text.length > 10_000) return undefined;
  let node;
  try {
    node = parse(text);
  } catch {
    return undefined;
  }
  if (node.kind === Kind.String || node.kind === Kind.Number) return node.value;
  return node.kind === Kind.True ? true : node.kind === Kind.False ? false : undefined;
}

const repository = openRepository(join(import.meta.dirname, '..', '..', '..'));

for (const environment of discoverEnvironments(repository)) {
  test(environment.name, async (t) => {
    const { apps } = await renderApps(environment);
    const files = new Set([...importGraph(environment).files.keys(), `environments/${environment.name}/(rekindle)`]);
    const count: Count = { leaves: 0, literals: 0 };
    for (const { app, manifests } of apps) {
      const { manifests: traced, within } = traceApp(environment, app);
      within(() => {
        assert.deepEqual(
          traced.map((one) => dataOf(one.traced)),
          manifests,
          app,
        );
        for (const one of traced) checkLeaves(one.traced, files, count);
      });
    }
    assert.ok(count.leaves > 1000 && count.literals > count.leaves / 3, JSON.stringify(count));
    t.diagnostic(`${count.leaves} leaves, ${count.literals} of them literals with that value`);
  });
}
