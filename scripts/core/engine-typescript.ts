import type { Engine } from './engine.ts';

/** The engine in scripts/jsonnet. It speaks go-jsonnet 0.22, and is loaded with the first evaluation. */
export function typescriptEngine(): Engine {
  return {
    name: 'typescript',
    // Its own code is part of the build, which every cached result names.
    version: '0.22.0',
    evaluate: async (request) => (await import('./engine-typescript-run.ts')).evaluateOnce(request),
    open: (request) => {
      const session = import('./engine-typescript-run.ts').then(({ openSession }) => openSession(request));
      return { evaluate: async (snippet) => (await session).evaluate(snippet) };
    },
  };
}
