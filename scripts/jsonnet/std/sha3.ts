import { hex, rotateRight64 } from './hash-words.ts';

const mask = (1n << 64n) - 1n;

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
