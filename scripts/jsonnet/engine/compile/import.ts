import { Kind, type Import } from '../../syntax/ast.ts';
import { importBytes, importCode, importText } from '../imports.ts';
import type { Code } from '../value.ts';
import { siteOf, type Scope } from './scope.ts';

export function compileImport(node: Import, scope: Scope): Code {
  const { value: path } = node.path;
  const { unit } = scope;
  const site = siteOf(scope, node);
  switch (node.kind) {
    case Kind.Import:
      return () => importCode(unit, path, site);
    case Kind.ImportStr:
      return () => importText(unit, path, site);
    case Kind.ImportBin:
      return () => importBytes(unit, path, site);
  }
}
