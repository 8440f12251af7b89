// The interface behind which evaluation stands. It is small on purpose: an engine takes a snippet and limits, and gives
// back JSON text or says why there is none. Everything else of the toolchain doesn't know which engine runs.
import type { EvaluationError } from './evaluation-error.ts';
import type { ImportGraph } from './graph.ts';

/** The engines that the toolchain can evaluate with, the default first. */
export const engineNames = ['typescript', 'node-jsonnet'] as const;

export type EngineName = (typeof engineNames)[number];

/** How far one evaluation may go. */
export interface Limits {
  /**
   * Processor time in seconds, so that a busy machine fails nothing that an idle one renders. By the clock an evaluation
   * may take `patience` times as long.
   */
  seconds: number;
  /** Resident memory in MiB. */
  mebibytes: number;
}

export const defaultLimits: Limits = { seconds: 30, mebibytes: 2048 };

/** How many times longer than its processor time an evaluation may take by the clock. */
export const patience = 4;

export interface EvaluationRequest {
  /** Absolute path of the repository; every other path is relative to it. */
  root: string;
  /** Searched from last to first, after the folder of the importing file. */
  libraryPath: string[];
  /** The name of the snippet in messages; its folder is where the snippet's own imports are looked for first. */
  file: string;
  /**
   * Jsonnet source. It may call `std.native('enter')(name)`, which returns `name` and remembers it: when the evaluation
   * fails, the last name entered says in which part. The libraries must not: Argo CD has no such function.
   */
  snippet: string;
  limits: Limits;
  /** Called as each part is entered. */
  onEnter?: ((part: string) => void) | undefined;
  /** Called with every line that `std.trace` writes. */
  onTrace?: ((line: string) => void) | undefined;
}

/** Why there is no value: Jsonnet said no, or the evaluation was ended from outside. */
export interface EvaluationFailure {
  reason: 'error' | 'timeout' | 'memory' | 'crash';
  /** For `error` the engine's whole message with its trace, else one sentence. */
  message: string;
  /** The part that was entered last, undefined when none was. */
  part: string | undefined;
  /** The message taken apart, from an engine that knows it so. */
  error?: EvaluationError | undefined;
}

/** `json` is the value exactly as the engine prints it, `seconds` the processor time that it took. */
export type Evaluation = { seconds: number } & ({ json: string } | { failure: EvaluationFailure });

/** What one program of a session came to: its value as JSON data, or why there is none. */
export type SessionEvaluation = { seconds: number } & ({ value: unknown } | { failure: EvaluationFailure });

/** Programs that are evaluated one after the other in one virtual machine: what they import in common is evaluated once. */
export interface Session {
  /** The limits of the request hold for all programs together. */
  evaluate(snippet: string): Promise<SessionEvaluation>;
}

export interface Engine {
  readonly name: string;
  /** Of the engine itself: a result is reused only by the version that made it. */
  readonly version: string;
  evaluate(request: EvaluationRequest): Promise<Evaluation>;
  /** Absent where a program that fails takes its virtual machine along. The graph holds every file that it may read. */
  open?(request: Omit<EvaluationRequest, 'snippet' | 'onEnter'> & { graph: ImportGraph }): Session;
}
