/** A field of the form that issues a key. */
export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'choice' | 'yes or no' | 'list' | 'number';
  readonly isRequired: boolean;
  readonly description: string;
  /** What there is to choose from. */
  readonly options: readonly string[];
}

/** The fields of a provider's keys as `seed.schema.json` describes them: the required ones first. Those left to JSON are named. */
export function fieldsOf(
  schema: unknown,
  provider: string,
): { readonly fields: readonly Field[]; readonly left: readonly string[] } {
  const items = Object(Object(schema).properties)[provider]?.properties?.keys?.items;
  const { properties = {}, required = [] } = Object(items);
  const all = Object.entries(Object(properties)).map(([name, part]) => fieldOf(name, Object(part), required.includes(name)));
  const fields = all.flatMap(({ field }) => (field === undefined ? [] : [field]));
  return {
    fields: [...fields.filter(({ isRequired }) => isRequired), ...fields.filter(({ isRequired }) => !isRequired)],
    left: all.flatMap(({ name, field }) => (field === undefined ? [name] : [])),
  };
}

/** The providers whose keys the schema describes. */
export function providersIn(schema: unknown): readonly string[] {
  return Object.entries(Object(Object(schema).properties)).flatMap(([name, part]) =>
    Object(part).properties?.keys?.items === undefined ? [] : [name],
  );
}

function fieldOf(name: string, part: Readonly<Record<string, unknown>>, isRequired: boolean) {
  const { type, enum: words, items, description } = part;
  const options = (Array.isArray(words) ? words : []).map(String);
  const kind = kindOf(type, options, Object(items));
  const common = { name, isRequired, description: typeof description === 'string' ? description : '' };
  const listed = Array.isArray(Object(items).enum) ? Object(items).enum.map(String) : [];
  return { name, field: kind === undefined ? undefined : { ...common, kind, options: kind === 'list' ? listed : options } };
}

function kindOf(type: unknown, options: readonly string[], items: { readonly type?: unknown }): Field['kind'] | undefined {
  if (type === 'string') return options.length > 0 ? 'choice' : 'text';
  if (type === 'boolean') return 'yes or no';
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'array' && items.type === 'string' ? 'list' : undefined;
}

/** What is sent for what was filled in: fields that were left empty are left out. */
export function descriptionOf(provider: string, fields: readonly Field[], given: Readonly<Record<string, string>>): object {
  const values = fields.flatMap(({ name, kind }) => {
    const text = given[name] ?? '';
    return text === '' ? [] : [[name, readAs(kind, text)] as const];
  });
  return { provider, ...Object.fromEntries(values) };
}

function readAs(kind: Field['kind'], text: string): unknown {
  if (kind === 'yes or no') return text === 'yes';
  if (kind === 'number') return Number(text);
  if (kind !== 'list') return text;
  return text.split(/[\s,]+/).filter((part) => part !== '');
}
