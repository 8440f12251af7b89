import { nearest } from '../../suggest.ts';
import { pointerChild } from './json-pointer.ts';
import { fieldsAt, placesOfField, schemaAt, typesOf } from './schema-lookup.ts';
import { enumerate, nameTypes, place, type Mistake, type Translation } from './translation.ts';

/** A field that the schema does not know. */
export function unknownField(mistake: Mistake): Translation {
  const field = String(mistake.error.params.additionalProperty);
  return {
    pointer: pointerChild(mistake.error.instancePath, field),
    message: `${place(mistake)} has no field "${field}"`,
    hint: whereTo(mistake, field),
  };
}

const mostPlaces = 3;
const mostFields = 12;

function whereTo({ segments, source, value }: Mistake, field: string): string {
  const fields = fieldsAt(source, segments);
  // What is set already is hardly what was meant.
  const unset = fields.filter((name) => !Object.hasOwn(value as object, name));
  const similar = nearest(field, unset) ?? nearest(field, fields);
  if (similar !== undefined && similar.toLowerCase() === field.toLowerCase()) return ask(similar);
  const places = placesOfField(source, field, segments);
  if (places.length > 0 && places.length <= mostPlaces) {
    return `"${field}" is a field of ${enumerate(places.map(asPath), 'or')}`;
  }
  if (similar !== undefined) return ask(similar);
  if (fields.length === 0) return 'remove it: nothing can be set here';
  const listed = [...fields].sort().slice(0, mostFields).join(', ');
  return `remove it; the fields here are ${listed}${fields.length > mostFields ? ', …' : ''}`;
}

function ask(field: string): string {
  return `did you mean "${field}"?`;
}

function asPath(segments: readonly string[]): string {
  return segments.length === 0 ? 'the manifest itself' : segments.join('.').replaceAll('.[]', '[]');
}

/** A field that must be there. */
export function missingField(mistake: Mistake): Translation {
  const field = String(mistake.error.params.missingProperty);
  const schema = schemaAt(mistake.source, [...mistake.segments, field]);
  const values = Array.isArray(schema?.enum) ? schema.enum.filter(Boolean).map(String) : [];
  const what = values.length > 0 ? enumerate(values, 'or') : nameTypes(typesOf(schema));
  return {
    pointer: mistake.error.instancePath,
    message: `${place(mistake)} lacks the required field "${field}"`,
    hint: what === '' ? `add "${field}"` : `add "${field}": ${what}`,
  };
}
