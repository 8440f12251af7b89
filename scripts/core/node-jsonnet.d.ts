// The package's own types can't be reached through its `exports`, and they name setters that it doesn't have.
declare module '@hanazuki/node-jsonnet' {
  export class Jsonnet {
    static readonly version: string;
    /** Paths added later are searched first. */
    addJpath(path: string): this;
    nativeCallback(name: string, run: (...values: unknown[]) => unknown, ...parameters: string[]): this;
    /** Resolves to JSON text; rejects with the engine's message. Can't be cancelled. */
    evaluateSnippet(snippet: string, file?: string): Promise<string>;
  }
}
