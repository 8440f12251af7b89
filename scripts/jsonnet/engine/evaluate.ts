// The engine's public face: evaluates a program to JSON text, to several, or to data.
import { callWith } from './call.ts';
import {
  duringEvaluation,
  duringManifestation,
  JsonnetError,
  topLevelCall,
  type Site,
  type TraceFrame,
} from './errors.ts';
import { fail, force, machine, defaultMaxStack } from './machine.ts';
import { manifestData, manifestJson } from './manifest.ts';
import { fieldOf } from './object.ts';
import {
  currentRun,
  loadUnit,
  makeUnitCache,
  setCurrentRun,
  unitThunk,
  type ImportHost,
  type Run,
  type UnitCache,
} from './run.ts';
import { visibleNames } from './shape.ts';
import { placeOf } from './trace.ts';
import type { Unit } from './unit.ts';
import {
  isArray,
  isFunction,
  isObject,
  makeNative,
  typeName,
  type FunctionValue,
  type Lazy,
  type Value,
} from './value.ts';
import { fromData } from './data.ts';

/** A string, or Jsonnet code. */
export type Variable = { text: string } | { code: string };

export interface HostFunction {
  parameters: readonly string[];
  /** Receives and gives back data as JSON has it. */
  call: (...values: unknown[]) => unknown;
}

export interface EvaluateOptions {
  host: ImportHost;
  /** Shared by evaluations, so that each file is parsed once. Default: one of its own. */
  cache?: UnitCache | undefined;
  extVars?: Readonly<Record<string, Variable>> | undefined;
  /** Arguments of a program that is a function. */
  topLevelArguments?: Readonly<Record<string, Variable>> | undefined;
  natives?: Readonly<Record<string, HostFunction>> | undefined;
  /** Frames that the program may stack. Default 500. */
  maxStack?: number | undefined;
  /** Receives each line of `std.trace`. */
  onTrace?: ((line: string) => void) | undefined;
  /** Called every few thousand steps; what it throws ends the evaluation. */
  check?: (() => void) | undefined;
  /** Called with the bytes that something large takes at least, before or as it is made; what it throws ends the evaluation. */
  room?: ((bytes: number) => void) | undefined;
}

/** How the value is printed. */
export interface OutputOptions {
  /** The value is a string, printed as it is. */
  string?: boolean | undefined;
}

/** Keeps what evaluations of one program have in common: several parts of it can be asked for one by one. */
export interface Evaluation {
  /** Runs something on values of this evaluation, from an empty stack. */
  within: <T>(run: () => T) => T;
  /** Evaluates a program, arguments applied. `name` is for messages, `file` for its imports. */
  program: (name: string, file: string, source: string) => Value;
}

export function openEvaluation(options: EvaluateOptions): Evaluation {
  const run = makeRun(options);
  const within = <T>(work: () => T): T => {
    const outer = { ...machine };
    const outerRun = currentRun();
    Object.assign(machine, {
      depth: 0,
      maxDepth: options.maxStack ?? defaultMaxStack,
      sites: [],
      check: options.check,
      room: options.room,
      callSite: undefined,
    });
    setCurrentRun(run);
    try {
      return work();
    } finally {
      Object.assign(machine, outer);
      setCurrentRun(outerRun);
    }
  };
  return {
    within,
    program: (name, file, source) =>
      within(() => {
        const unit = loadUnit(run.cache, name, file, source);
        return applied(force(unitThunk(run.cache, unit), duringEvaluation), run, options);
      }),
  };
}

function makeRun(options: EvaluateOptions): Run {
  const run: Run = {
    cache: options.cache ?? makeUnitCache(),
    host: options.host,
    extVars: new Map(),
    natives: new Map(Object.entries(options.natives ?? {}).map(([name, native]) => [name, hostFunction(name, native)])),
    trace: (text, site) => options.onTrace?.(`TRACE: ${site === undefined ? '' : lineOf(placeOf(site))} ${text}`),
    imported: new Map(),
    texts: new Map(),
    resolved: new Map(),
  };
  run.extVars = variables(run, 'extvar', options.extVars);
  return run;
}

function lineOf(place: string): string {
  return place.replace(/:\d+$/, '');
}

function hostFunction(name: string, { parameters, call }: HostFunction): FunctionValue {
  return makeNative({
    name,
    parameters,
    required: parameters.length,
    lazy: undefined,
    call: (...values: Value[]) => {
      const data = values.map(manifestData);
      let result: unknown;
      try {
        result = call(...data);
      } catch (error) {
        throw fail(error instanceof Error ? error.message : String(error));
      }
      return fromData(result);
    },
  });
}

/** Code is parsed when the variable is first asked for. */
function variables(
  run: Run,
  kind: string,
  given: Readonly<Record<string, Variable>> | undefined,
): Map<string, Lazy | (() => Lazy)> {
  const made = new Map<string, Lazy | (() => Lazy)>();
  for (const [name, variable] of Object.entries(given ?? {})) {
    if ('text' in variable) {
      made.set(name, variable.text);
      continue;
    }
    let thunk: Lazy | undefined;
    made.set(name, () => (thunk ??= unitThunk(run.cache, codeUnit(run, `<${kind}:${name}>`, variable.code))));
  }
  return made;
}

function codeUnit(run: Run, name: string, code: string): Unit {
  return loadUnit(run.cache, name, '', code);
}

function applied(value: Value, run: Run, options: EvaluateOptions): Value {
  if (!isFunction(value)) return value;
  const given = variables(run, 'top-level-arg', options.topLevelArguments);
  const named = [...given.values()].map((each) => (typeof each === 'function' ? each() : each));
  return callWith(value, [], [...given.keys()], named, false, topLevelCall as Site);
}

/** Evaluates a program to the text that it is printed as, without the line break at the end. */
export function evaluateText(
  name: string,
  file: string,
  source: string,
  options: EvaluateOptions & OutputOptions,
): string {
  const evaluation = openEvaluation(options);
  const value = evaluation.program(name, file, source);
  return evaluation.within(() => printed(value, options));
}

function printed(value: Value, { string }: OutputOptions): string {
  if (string !== true) return manifestJson(value, duringManifestation);
  if (typeof value !== 'string') throw fail(`expected string result, got: ${typeName(value)}`);
  return value;
}

/** Evaluates a program whose value is an object of files: their texts by name. */
export function evaluateFiles(
  name: string,
  file: string,
  source: string,
  options: EvaluateOptions & OutputOptions,
): Map<string, string> {
  const evaluation = openEvaluation(options);
  const value = evaluation.program(name, file, source);
  return evaluation.within(() => {
    if (!isObject(value)) {
      // Everything is manifested first, so a value that can't be says so.
      manifestJson(value, duringManifestation);
      throw fail(
        `multi mode: top-level object was a ${typeName(value)}, ` +
          'should be an object whose keys are filenames and values hold the JSON for that file.',
      );
    }
    const texts = new Map<string, string>();
    manifestJson(value, duringManifestation);
    for (const field of visibleNames(value.shape)) {
      const content = fieldOf(value, field);
      if (options.string === true && typeof content !== 'string') {
        throw fail(
          `multi mode: top-level object's key ${field} has a value of type ${typeName(content)}, should be a string`,
        );
      }
      texts.set(field, options.string === true ? (content as string) : manifestJson(content, field));
    }
    return texts;
  });
}

/** Evaluates a program whose value is an array of documents. */
export function evaluateStream(name: string, file: string, source: string, options: EvaluateOptions): string[] {
  const evaluation = openEvaluation(options);
  const value = evaluation.program(name, file, source);
  return evaluation.within(() => {
    if (!isArray(value)) {
      manifestJson(value, duringManifestation);
      throw fail(
        `stream mode: top-level object was a ${typeName(value)}, ` +
          'should be an array whose elements hold the JSON for each document in the stream.',
      );
    }
    return value.items.map((item, index) => manifestJson(force(item, index), index));
  });
}

export { JsonnetError, type TraceFrame };
