import type { Entry, EntryHead, EntryMessages } from './entry.ts';

/** An entry as plain data, for other processes. Holds no secret. */
export interface PlainEntry extends Omit<Entry, 'texts'> {
  readonly head: EntryHead;
}

/** Makes all texts of an entry, in pieces. */
export async function plainOf(entry: Entry): Promise<{ readonly entry: PlainEntry; readonly messages: EntryMessages }> {
  const { texts } = entry;
  await texts.prepareHead();
  const messages = await texts.messages();
  return { entry: { ...fieldsOf(entry), head: texts.head() }, messages };
}

/** The entry that was made plain. Its messages, which may be long, are read when they are asked for. */
export function entryOf({ head, ...fields }: PlainEntry, messages: () => Promise<EntryMessages>): Entry {
  const texts = {
    head: () => head,
    prepareHead: () => undefined,
    messages,
    isMarked: (mark: string) => head.mark === mark,
  };
  return { ...fields, texts };
}

/** Field by field: what was sent is kept in the entry too, secrets included. */
function fieldsOf(entry: Entry): Omit<Entry, 'texts'> {
  const { id, at, provider, operation, method, status, key, code, faults, durationMs, elapsedMs, from, required } = entry;
  const { isOpen, decision, isInjected, isAuthenticated, isPermitted, turnedAway, weight } = entry;
  return {
    id,
    at,
    provider,
    operation,
    method,
    status,
    key,
    code,
    faults,
    durationMs,
    elapsedMs,
    from,
    required,
    isOpen,
    decision,
    isInjected,
    isAuthenticated,
    isPermitted,
    turnedAway,
    weight,
  };
}
