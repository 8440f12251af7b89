/** Takes joined flags apart: `-in2` is `-i -n -2`. What follows `--` stays as it is. */
export function splitFlags(given: readonly string[]): string[] {
  const end = given.indexOf('--');
  const options = end === -1 ? given : given.slice(0, end);
  const split = options.flatMap((argument) =>
    /^-[^-]./s.test(argument) ? Array.from(argument.slice(1), (letter) => `-${letter}`) : [argument],
  );
  return [...split, ...(end === -1 ? [] : given.slice(end))];
}
