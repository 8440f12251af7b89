/** Shorter texts are parts of ordinary words: taking them out would hide nothing and leave no sentence readable. */
const shortest = 4;

/** Takes values out of a text that somebody else wrote, in every form in which programs repeat them. */
export function redact(text: string, values: readonly string[]): string {
  const forms = values.flatMap((value) => [value, ...value.split('\n')].flatMap(formsOf));
  // The longest first: one value may be part of another.
  return [...new Set(forms)]
    .filter((form) => form.length >= shortest)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, form) => rest.replaceAll(form, '<redacted>'), text);
}

function formsOf(value: string): string[] {
  const quoted = JSON.stringify(value).slice(1, -1);
  return [value, value.trim(), quoted, Buffer.from(value).toString('base64')];
}
