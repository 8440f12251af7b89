// Imports while a program runs.
import { loadUnit, currentRun, unitThunk } from './run.ts';
import { JsonnetError, type Site } from './errors.ts';
import { fail, forceThunk } from './machine.ts';
import type { Unit } from './unit.ts';
import { makeArray, type Value } from './value.ts';

function resolve(unit: Unit, path: string, site: Site): string {
  const run = currentRun();
  const key = `${unit.path}\0${path}`;
  let file = run.resolved.get(key);
  if (file === undefined) {
    file = asked(site, () => run.host.resolve(path, unit.path));
    run.resolved.set(key, file);
  }
  return file;
}

/** Says a refusal of the host at the place of the import. */
function asked<T>(site: Site, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error), site);
  }
}

export function importCode(unit: Unit, path: string, site: Site): Value {
  const run = currentRun();
  const file = resolve(unit, path, site);
  let thunk = run.imported.get(file);
  if (thunk === undefined) {
    const source = textOf(file, site);
    try {
      thunk = unitThunk(run.cache, loadUnit(run.cache, file, file, source));
    } catch (error) {
      if (error instanceof JsonnetError && error.kind === 'static') {
        error.frames.push(...fail('', site).frames);
      }
      throw error;
    }
    run.imported.set(file, thunk);
  }
  return forceThunk(thunk, site);
}

function textOf(file: string, site: Site): string {
  const { texts, host } = currentRun();
  let text = texts.get(file);
  if (text === undefined) texts.set(file, (text = asked(site, () => host.text(file))));
  return text;
}

export function importText(unit: Unit, path: string, site: Site): Value {
  return textOf(resolve(unit, path, site), site);
}

export function importBytes(unit: Unit, path: string, site: Site): Value {
  const file = resolve(unit, path, site);
  return makeArray([...asked(site, () => currentRun().host.bytes(file))]);
}
