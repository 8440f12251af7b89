// Numbers as go-jsonnet prints them.

/** As in JSON output and `std.toString`: whole numbers in full, others with 17 significant digits. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) {
    // Beyond exact integers JavaScript prints the shortest digits, Go all of them.
    if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '-0' : String(value);
    return BigInt(value).toString();
  }
  return formatGeneral(value, 17);
}

/** C's `%.<digits>g`. */
function formatGeneral(value: number, digits: number): string {
  const [mantissa = '', exponentText = ''] = significant(value, digits).split('e');
  const exponent = Number(exponentText);
  const negative = mantissa.startsWith('-');
  let figures = mantissa.replace(/[-.]/g, '').replace(/0+$/, '');
  if (exponent < -4 || exponent >= digits) {
    const fraction = figures.length > 1 ? `.${figures.slice(1)}` : '';
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${negative ? '-' : ''}${figures[0]}${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (exponent < 0) return `${negative ? '-' : ''}0.${'0'.repeat(-exponent - 1)}${figures}`;
  figures = figures.padEnd(exponent + 1, '0');
  const fraction = figures.slice(exponent + 1);
  return `${negative ? '-' : ''}${figures.slice(0, exponent + 1)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Rounds to significant digits, halves to the even neighbour as Go does; `toExponential` alone rounds them away from zero. */
function significant(value: number, digits: number): string {
  const rounded = value.toExponential(digits - 1);
  const exact = value.toExponential(100);
  const mark = exact.indexOf('e');
  const point = exact.indexOf('.');
  const rest = exact.slice(point + digits, mark);
  if (!/^50*$/.test(rest)) return rounded;
  const kept = exact.slice(0, point + digits);
  return Number(kept[kept.length - 1]) % 2 === 0 ? kept + exact.slice(mark) : rounded;
}

/** The shortest text that reads back as the same number, never with an exponent: Go's `FormatFloat(value, 'f', -1, 64)`. */
export function formatShortest(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  const mark = text.indexOf('e');
  if (mark === -1) return text;
  const exponent = Number(text.slice(mark + 1));
  const negative = text.startsWith('-');
  const mantissa = text.slice(negative ? 1 : 0, mark);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const figures = whole + fraction;
  const point = whole.length + exponent;
  const sign = negative ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${figures}`;
  if (point >= figures.length) return sign + figures.padEnd(point, '0');
  return `${sign}${figures.slice(0, point)}.${figures.slice(point)}`;
}

/** Go's `%v` of a double: shortest, with an exponent below -4 and from 6 on. For messages. */
export function formatGo(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponentText = ''] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return formatShortest(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
