import type { Bind } from '../syntax/ast.ts';
import { evaluate } from './evaluate.ts';
import { lazy, made, ready, type Env, type Lazy, type Traced } from './value.ts';
import type { Node, Parameter } from '../syntax/ast.ts';

/** What a `local` binds. */
export function bindLazy({ parameters, body, start, end }: Bind, env: Env): Lazy {
  if (parameters === undefined) return lazy(() => evaluate(body, env));
  return ready(closure(parameters, body, env, { start, end }));
}

export function closure(
  parameters: readonly Parameter[],
  body: Node,
  env: Env,
  { start, end }: { start: number; end: number },
): Traced {
  const value = { kind: 'function', code: { parameters, body, env }, native: undefined } as const;
  return made({ unit: env.unit, start, end }, value);
}
