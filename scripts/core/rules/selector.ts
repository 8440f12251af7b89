import { fieldsOf, itemsOf, textOf } from './values.ts';
import type { Fields } from './values.ts';

/** Whether a LabelSelector (matchLabels and matchExpressions) selects an object with these labels. */
export function selects(selector: unknown, labels: Fields): boolean {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  return (
    hasLabels(labels, fieldsOf(matchLabels)) && itemsOf(matchExpressions).every((one) => meets(fieldsOf(one), labels))
  );
}

/** Whether all wanted labels are there with the wanted values. */
export function hasLabels(labels: Fields, wanted: Fields): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** Whether a LabelSelector says anything at all. */
export function isEmptySelector(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  return Object.keys(fieldsOf(matchLabels)).length === 0 && itemsOf(matchExpressions).length === 0;
}

function meets({ key, operator, values }: Fields, labels: Fields): boolean {
  const value = textOf(key) === undefined ? undefined : labels[key as string];
  switch (operator) {
    case 'In':
      return itemsOf(values).includes(value);
    case 'NotIn':
      return value === undefined || !itemsOf(values).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      // The schema check reports an unknown operator; it is no mismatch.
      return true;
  }
}
