// Imports. A file's value is computed once in a run.
import { Kind, type Import } from '../syntax/ast.ts';
import type { Site } from '../engine/errors.ts';
import { currentRun, loadUnit, type Run } from '../engine/run.ts';
import { makeUnit, type Unit } from '../engine/unit.ts';
import { evaluate } from './evaluate.ts';
import { force, lazy, made, passed, type Env, type Lazy, type Origin, type Traced } from './value.ts';

/** Texts that `importstr` read, as they are and where they are from. */
const textUnits = new WeakMap<Origin, Unit>();

const programs = new WeakMap<Run, Map<string, Lazy>>();

export function rootEnv(unit: Unit): Env {
  return { unit, outer: undefined, names: new Map(), self: undefined, layer: -1, dollar: undefined };
}

export function evaluateImport(node: Import, env: Env, site: Site): Traced {
  const { host, cache } = currentRun();
  const file = host.resolve(node.path.value, env.unit.path);
  if (node.kind === Kind.ImportBin) {
    const items = [...host.bytes(file)].map((byte) => lazy(() => made(site, byte)));
    return made(site, { kind: 'array', items });
  }
  if (node.kind === Kind.ImportStr) return passed('import', site, fileText(file, host.text(file)));
  const known = programs.get(currentRun()) ?? new Map<string, Lazy>();
  programs.set(currentRun(), known);
  let program = known.get(file);
  if (program === undefined) {
    const unit = loadUnit(cache, file, file, host.text(file));
    known.set(file, (program = lazy(() => evaluate(unit.root, rootEnv(unit)))));
  }
  return passed('import', site, force(program));
}

/** A text whose origin is the whole file that holds it. */
function fileText(file: string, text: string): Traced {
  const unit = makeUnit(file, file, text, undefined!);
  const traced = made({ unit, start: 0, end: text.length }, text);
  textUnits.set(traced.origin, unit);
  return traced;
}

/** The file that a text is the unchanged content of. */
export function fileOfText(origin: Origin): Unit | undefined {
  let first = origin;
  while (first.from !== undefined) first = first.from;
  return textUnits.get(first);
}
