/** The shape of a recorded value, without the value: its type, and for an object its fields in order. */
export type Shape = 'string' | 'boolean' | 'null' | readonly Shape[] | { readonly [field: string]: Shape };

/** The shape of a JSON value. */
export function shapeOf(value: unknown): Shape {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return Object.fromEntries(Object.entries(Object(value)).map(([field, inner]) => [field, shapeOf(inner)]));
}

/** Several fields in order, all of the same shape; `names` are separated by spaces. */
export function fields(names: string, shape: Shape): { readonly [field: string]: Shape } {
  return Object.fromEntries(names.split(' ').map((name) => [name, shape]));
}
