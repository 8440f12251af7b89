// Hashes in JavaScript: the engine runs in browsers too, where nothing hashes synchronously.
import type { Value } from '../engine/value.ts';
import { encodeUtf8 } from './bytes.ts';
import { md5 } from './md5.ts';
import { native, stringOf } from './native.ts';
import { sha1 } from './sha1.ts';
import { sha256, sha512 } from './sha2.ts';
import { sha3 } from './sha3.ts';

function hash(name: string, compute: (bytes: Uint8Array) => string) {
  return native(name, ['s'], (text: Value) => compute(encodeUtf8(stringOf(text))));
}

export const hashFunctions = [
  hash('md5', md5),
  hash('sha1', sha1),
  hash('sha256', sha256),
  hash('sha512', sha512),
  hash('sha3', sha3),
];
