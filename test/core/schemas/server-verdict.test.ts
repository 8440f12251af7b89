// Compares our verdict on random objects with that of the API server's own Go code. Building that code, test/oracle, takes
// Go and minutes of CPU time, so this runs on request: REKINDLE_ORACLE=1 node --import tsx --test <this file>
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Crd } from '../../../scripts/core/schemas/crd.ts';
import { addCustomKinds, type CustomKinds } from '../../../scripts/core/schemas/custom-kinds.ts';
import { pointerSegments, valueAt } from '../../../scripts/core/schemas/explain/json-pointer.ts';
import { schemaAt, type SchemaSource } from '../../../scripts/core/schemas/explain/schema-lookup.ts';
import { readLibraryCrds } from '../../../scripts/core/schemas/read-crds.ts';
import { openValidators, type AjvError, type Validate } from '../../../scripts/core/schemas/validators.ts';
import { arbitraryObject } from '../../helpers/arbitrary-object.ts';

const root = join(import.meta.dirname, '../../..');
const skip = process.env.REKINDLE_ORACLE ? false : 'set REKINDLE_ORACLE=1 to build and ask the Go oracle';
const runs = Number(process.env.REKINDLE_ORACLE_RUNS ?? 60);
const seed = Number(process.env.REKINDLE_ORACLE_SEED ?? Date.now() % 1e9);

interface Kind {
  name: string;
  source: SchemaSource;
  validate: Validate;
  custom: boolean;
}

function prepare(): { kinds: Kind[]; ask: (objects: object[]) => string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'rekindle-'));
  const binary = join(root, '.cache/oracle');
  mkdirSync(join(root, '.cache'), { recursive: true });
  execFileSync('go', ['build', '-o', binary, '.'], { cwd: join(root, 'test/oracle'), stdio: 'inherit' });
  const fixture = readFileSync(join(root, 'test/fixtures/schemas/every-construct.crd.json'), 'utf8');
  const crds = [...readLibraryCrds(root, ['lib']), JSON.parse(fixture) as Crd];
  const files = crds.map((crd) => {
    const file = join(folder, `${crd.metadata.name}.json`);
    writeFileSync(file, JSON.stringify(crd));
    return file;
  });

  // The oracle is built from this minor.
  const validators = openValidators('1.36', { directory: join(folder, 'cache') });
  const { definitions, kinds } = validators.bundle();
  const builtIn = Object.entries(kinds).map(([name, { definition }]) => ({
    name,
    source: { root: { $ref: `#/definitions/${definition}` }, definitions },
    validate: validators.kind(name),
    custom: false,
  }));
  const known: CustomKinds = new Map();
  for (const crd of crds) addCustomKinds(known, crd, validators);
  const custom = [...known].map(([name, { schema, validate }]) => ({
    name,
    source: { root: schema(), definitions },
    validate,
    custom: true,
  }));
  const ask = (objects: object[]): string[] => {
    const input = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
    return execFileSync(binary, files, { input, maxBuffer: 2 ** 30 })
      .toString()
      .trimEnd()
      .split('\n');
  };
  return { kinds: [...builtIn, ...custom], ask };
}

/** What a decoder refuses; the rest is refused later, by code that is not part of the oracle. */
const decoding = new Set(['type', 'additionalProperties', 'minimum', 'maximum', 'pattern', 'format']);

/** Whether an error of ours should be one for the oracle as well. */
function isShared({ keyword, instancePath }: AjvError, object: object, kind: Kind): boolean {
  const segments = pointerSegments(instancePath);
  const value = valueAt(object, segments);
  // Go reads bytes from a list of numbers, too, which nobody writes.
  const { format } = schemaAt(kind.source, segments) ?? {};
  if (Array.isArray(value) && (format === 'base64' || format === 'byte')) return false;
  const decoded = !kind.custom || /\/metadata(\/|$)/.test(instancePath);
  if (!decoded) return true;
  // Go's decoder reads null as the zero value, wherever it stands.
  return decoding.has(keyword) && !(keyword === 'type' && value === null);
}

test('our verdict on random objects is that of the API server', { skip, timeout: 1_800_000 }, () => {
  const { kinds, ask } = prepare();
  const objects = kinds.flatMap((kind) => {
    const slash = kind.name.lastIndexOf('/');
    const identity = {
      apiVersion: kind.name.slice(0, slash),
      kind: kind.name.slice(slash + 1),
      metadata: { name: 'a' },
    };
    const arbitrary = arbitraryObject(kind.source, identity);
    return fc.sample(arbitrary, { numRuns: runs, seed }).map((generated) => {
      const object = { ...generated } as { status?: unknown };
      // The server looks for unknown fields in a status of any shape, then forgets it.
      if (kind.custom) delete object.status;
      return { kind, object };
    });
  });
  const verdicts = ask(objects.map(({ object }) => object));
  let refused = 0;
  const disagreements = objects.flatMap(({ kind, object }, index) => {
    const errors = kind.validate(object) ? [] : (kind.validate.errors ?? []);
    const ours = errors.some((error) => isShared(error, object, kind));
    const theirs = verdicts[index]?.startsWith('ERR') ?? false;
    if (theirs) refused++;
    return ours === theirs
      ? []
      : [{ kind: kind.name, theirs: verdicts[index], ours: errors, object: JSON.stringify(object) }];
  });
  assert.deepEqual(disagreements.slice(0, 5), [], `${disagreements.length} of ${objects.length} with seed ${seed}`);
  // A comparison says something only if both verdicts occur.
  assert.ok(
    refused > objects.length / 20 && refused < objects.length * 0.95,
    `${refused} of ${objects.length} refused`,
  );
});
