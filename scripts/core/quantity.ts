// Quantities as people read them. The cluster object computes in cores and bytes.

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Bytes in the largest unit that keeps a digit before the point: `512 MiB`, `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < binary.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${short(value)} ${binary[unit]}`;
}

/** At most three significant digits before rounding would hide something: `0.25`, `1.5`, `12.4`, `240`. */
export function short(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

/** A share as whole percents; what is there but rounds to nothing still shows. */
export function formatShare(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  return percent > 0 && percent < 1 ? '<1 %' : `${Math.round(percent)} %`;
}
