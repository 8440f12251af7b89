// MD5, SHA-1, SHA-2 and SHA-3 in JavaScript: the engine runs in browsers too, where nothing hashes synchronously.
import type { Value } from '../engine/value.ts';
import { encodeUtf8 } from './bytes.ts';
import { native, stringOf } from './native.ts';

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** The message, a 1 bit, zeros, and its length in bits, filling whole blocks. */
function padded(bytes: Uint8Array, block: number, lengthBytes: number, littleEndian: boolean): DataView {
  const size = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
  const message = new Uint8Array(size);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(littleEndian ? size - lengthBytes : size - 8, bits, littleEndian);
  return view;
}

function rotateLeft(word: number, count: number): number {
  return (word << count) | (word >>> (32 - count));
}

function wordsToHex(words: readonly number[], littleEndian: boolean): string {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, index) => view.setInt32(index * 4, word, littleEndian));
  return hex(new Uint8Array(view.buffer));
}

const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const md5Sines = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0);

export function md5(bytes: Uint8Array): string {
  const view = padded(bytes, 64, 8, true);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let offset = 0; offset < view.byteLength; offset += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      let f: number;
      let g: number;
      if (round === 0) [f, g] = [(b & c) | (~b & d), i];
      else if (round === 1) [f, g] = [(d & b) | (~d & c), (5 * i + 1) & 15];
      else if (round === 2) [f, g] = [b ^ c ^ d, (3 * i + 5) & 15];
      else [f, g] = [c ^ (b | ~d), (7 * i) & 15];
      const sum = (a + f + md5Sines[i]! + view.getInt32(offset + g * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotateLeft(sum, md5Shifts[round * 4 + (i & 3)]!)) | 0;
    }
    a0 = (a0 + a) | 0;
    b0 = (b0 + b) | 0;
    c0 = (c0 + c) | 0;
    d0 = (d0 + d) | 0;
  }
  return wordsToHex([a0, b0, c0, d0], true);
}

export function sha1(bytes: Uint8Array): string {
  const view = padded(bytes, 64, 8, false);
  const state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  const w = new Int32Array(80);
  for (let offset = 0; offset < view.byteLength; offset += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(offset + i * 4);
    for (let i = 16; i < 80; i++) w[i] = rotateLeft(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1);
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const [f, k] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (rotateLeft(a, 5) + f + e + k + w[i]!) | 0;
      e = d;
      d = c;
      c = rotateLeft(b, 30);
      b = a;
      a = next;
    }
    [a, b, c, d, e].forEach((word, index) => (state[index] = (state[index]! + word) | 0));
  }
  return wordsToHex(state, false);
}

/** The first primes, from whose roots SHA-2 takes its constants. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** The first 64 bits of the fraction of a root, by Newton's method on integers. */
function rootFraction(n: number, degree: 2n | 3n): bigint {
  const target = BigInt(n) << (64n * degree);
  let x = 1n << 70n;
  for (;;) {
    const next = ((degree - 1n) * x + target / x ** (degree - 1n)) / degree;
    if (next >= x) return x & ((1n << 64n) - 1n);
    x = next;
  }
}

let sha2Constants: { k: bigint[]; h: bigint[] } | undefined;

function constants(): { k: bigint[]; h: bigint[] } {
  return (sha2Constants ??= {
    k: primes(80).map((prime) => rootFraction(prime, 3n)),
    h: primes(8).map((prime) => rootFraction(prime, 2n)),
  });
}

export function sha256(bytes: Uint8Array): string {
  const k = constants().k.map((constant) => Number(constant >> 32n) | 0);
  const state = constants().h.map((constant) => Number(constant >> 32n) | 0);
  const view = padded(bytes, 64, 8, false);
  const w = new Int32Array(64);
  for (let offset = 0; offset < view.byteLength; offset += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(offset + i * 4);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!];
      const s0 = rotateLeft(x, 25) ^ rotateLeft(x, 14) ^ (x >>> 3);
      const s1 = rotateLeft(y, 15) ^ rotateLeft(y, 13) ^ (y >>> 10);
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const s1 = rotateLeft(e, 26) ^ rotateLeft(e, 21) ^ rotateLeft(e, 7);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k[i]! + w[i]!) | 0;
      const s0 = rotateLeft(a, 30) ^ rotateLeft(a, 19) ^ rotateLeft(a, 10);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = (state[index]! + word) | 0));
  }
  return wordsToHex(state, false);
}

const mask = (1n << 64n) - 1n;

function rotateRight64(word: bigint, count: bigint): bigint {
  return ((word >> count) | (word << (64n - count))) & mask;
}

export function sha512(bytes: Uint8Array): string {
  const { k, h: initial } = constants();
  const state = initial.slice();
  const view = padded(bytes, 128, 16, false);
  for (let offset = 0; offset < view.byteLength; offset += 128) {
    const w = Array.from({ length: 16 }, (_, i) => view.getBigUint64(offset + i * 8));
    for (let i = 16; i < 80; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!];
      const s0 = rotateRight64(x, 1n) ^ rotateRight64(x, 8n) ^ (x >> 7n);
      const s1 = rotateRight64(y, 19n) ^ rotateRight64(y, 61n) ^ (y >> 6n);
      w.push((w[i - 16]! + s0 + w[i - 7]! + s1) & mask);
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let i = 0; i < 80; i++) {
      const s1 = rotateRight64(e, 14n) ^ rotateRight64(e, 18n) ^ rotateRight64(e, 41n);
      const t1 = h + s1 + ((e & f) ^ (~e & mask & g)) + k[i]! + w[i]!;
      const s0 = rotateRight64(a, 28n) ^ rotateRight64(a, 34n) ^ rotateRight64(a, 39n);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + t1) & mask;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) & mask;
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = (state[index]! + word) & mask));
  }
  return state.map((word) => word.toString(16).padStart(16, '0')).join('');
}

/** SHA3-512: Keccak with 72 bytes a block. */
export function sha3(bytes: Uint8Array): string {
  const rate = 72;
  const message = new Uint8Array(Math.floor(bytes.length / rate + 1) * rate);
  message.set(bytes);
  message[bytes.length]! ^= 0x06;
  message[message.length - 1]! ^= 0x80;
  const view = new DataView(message.buffer);
  const state: bigint[] = Array.from({ length: 25 }, () => 0n);
  for (let offset = 0; offset < message.length; offset += rate) {
    for (let lane = 0; lane < rate / 8; lane++) state[lane]! ^= view.getBigUint64(offset + lane * 8, true);
    permute(state);
  }
  const digest = new DataView(new ArrayBuffer(64));
  for (let lane = 0; lane < 8; lane++) digest.setBigUint64(lane * 8, state[lane]!, true);
  return hex(new Uint8Array(digest.buffer));
}

function permute(state: bigint[]): void {
  let register = 1;
  const nextBit = (): boolean => {
    const bit = (register & 1) !== 0;
    register = register & 0x80 ? (register << 1) ^ 0x171 : register << 1;
    return bit;
  };
  for (let round = 0; round < 24; round++) {
    const columns = [0, 1, 2, 3, 4].map((x) => [5, 10, 15, 20].reduce((sum, y) => sum ^ state[x + y]!, state[x]!));
    for (let lane = 0; lane < 25; lane++) {
      const x = lane % 5;
      state[lane]! ^= columns[(x + 4) % 5]! ^ rotateRight64(columns[(x + 1) % 5]!, 63n);
    }
    let [x, y] = [1, 0];
    let moved = state[1]!;
    for (let t = 0; t < 24; t++) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      const shift = BigInt((((t + 1) * (t + 2)) / 2) % 64);
      const held = state[x + 5 * y]!;
      state[x + 5 * y] = shift === 0n ? moved : rotateRight64(moved, 64n - shift);
      moved = held;
    }
    for (let row = 0; row < 25; row += 5) {
      const lanes = state.slice(row, row + 5);
      for (let each = 0; each < 5; each++) {
        state[row + each] = lanes[each]! ^ (~lanes[(each + 1) % 5]! & mask & lanes[(each + 2) % 5]!);
      }
    }
    for (let j = 0; j < 7; j++) if (nextBit()) state[0]! ^= 1n << BigInt((1 << j) - 1);
  }
}

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
