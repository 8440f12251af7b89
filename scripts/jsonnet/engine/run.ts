// One run of a program: what it may import and ask for. Values belong to a run, units don't.
import { parse } from '../syntax/parser.ts';
import { JsonnetSyntaxError } from '../syntax/errors.ts';
import { standardLibrary, type Dialect } from '../std/library.ts';
import { findMistake } from './check.ts';
import { compile } from './compile/expression.ts';
import { rootScope } from './compile/scope.ts';
import { JsonnetError, type Site } from './errors.ts';
import { makeFrame } from './machine.ts';
import { makeUnit, type Unit } from './unit.ts';
import { makeThunk, type FunctionValue, type Lazy, type Thunk, type Value } from './value.ts';

/** What files there are. Errors of its functions become errors of the import. */
export interface ImportHost {
  /**
   * Where an import leads: the same string for the same file. `importer` is such a string too, or empty for a program that
   * is no file.
   */
  resolve: (path: string, importer: string) => string;
  /** The text of a file. */
  text: (file: string) => string;
  bytes: (file: string) => Uint8Array;
}

/** Parsed files, kept for every run that a process makes. */
export interface UnitCache {
  dialect: Dialect;
  units: Map<string, Unit>;
}

export function makeUnitCache(dialect: Dialect = 'go-jsonnet'): UnitCache {
  return { dialect, units: new Map() };
}

export interface Run {
  cache: UnitCache;
  host: ImportHost;
  extVars: ReadonlyMap<string, Lazy | (() => Lazy)>;
  natives: ReadonlyMap<string, FunctionValue>;
  trace: (text: string, site: Site | undefined) => void;
  /** The values of imported files. */
  imported: Map<string, Thunk>;
  texts: Map<string, string>;
  /** Where the imports of each file lead. */
  resolved: Map<string, string>;
}

let current: Run | undefined;

export function currentRun(): Run {
  return current!;
}

export function setCurrentRun(run: Run | undefined): void {
  current = run;
}

/** Parses and checks a program; refuses it by a `static` error. */
export function loadUnit(cache: UnitCache, name: string, path: string, source: string): Unit {
  const known = cache.units.get(name);
  if (known !== undefined && known.source === source) return known;
  const unit = makeUnit(name, path, source, undefined!);
  try {
    unit.root = parse(source);
  } catch (error) {
    if (!(error instanceof JsonnetSyntaxError)) throw error;
    throw staticError(error.message, unit, error.start, error.end);
  }
  const mistake = findMistake(unit.root);
  if (mistake !== undefined) throw staticError(mistake.message, unit, mistake.start, mistake.end);
  cache.units.set(name, unit);
  return unit;
}

function staticError(message: string, unit: Unit, start: number, end: number): JsonnetError {
  return new JsonnetError('static', message, [{ unit, start, end }], true);
}

/** A program, to be evaluated when its value is needed. */
export function unitThunk(cache: UnitCache, unit: Unit): Thunk {
  return makeThunk(
    (frame): Value => {
      const scope = rootScope(unit, standardLibrary(cache.dialect));
      const code = (unit.code ??= compile(unit.root, scope));
      return code(frame);
    },
    makeFrame(1, []),
  );
}
