/** What is known of a recorded value without telling it: its type, for objects with its fields in order. */
export type Shape = 'string' | 'boolean' | 'null' | readonly Shape[] | { readonly [field: string]: Shape };

/** The shape of a JSON value. */
export function shapeOf(value: unknown): Shape {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return Object.fromEntries(Object.entries(Object(value)).map(([field, inner]) => [field, shapeOf(inner)]));
}

/** So many fields, in order, each of the same shape. */
export function fields(names: string, shape: Shape): { readonly [field: string]: Shape } {
  return Object.fromEntries(names.split(' ').map((name) => [name, shape]));
}
