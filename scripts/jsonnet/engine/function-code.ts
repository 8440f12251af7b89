import type { Code, Frame, Lazy, Value } from './value.ts';

/** A function of the program, shared by every value that comes from its place in the source. */
export interface FunctionCode {
  parameters: readonly string[];
  /** By parameter: what makes its default in a frame of the function, undefined where an argument must be given. */
  defaults: readonly (((frame: Frame) => Lazy) | undefined)[];
  /** Compiled at the first call. */
  body: Code;
  /** Slots of a frame; it grows while the body is compiled. */
  layout: FrameLayout;
  /** Whether the body may answer with `tailCall`. */
  name: string;
}

/** How many slots a frame of some function, object or comprehension has. */
export interface FrameLayout {
  size: number;
}

/** A function of the standard library or one that the host registers. */
export interface NativeFunction {
  name: string;
  parameters: readonly string[];
  /** How many of the parameters, from the first, must be given. */
  required: number;
  /** Receives values, and undefined for an optional parameter without argument. */
  call: (...values: any[]) => Value;
  /** Parameters that are handed over as they are, perhaps a thunk. */
  lazy: readonly number[] | undefined;
}
