import type { Introspection, IssuedKey, JournalEntry, Key, Latchkey, RequestFilter } from '../client/types.ts';
import { toldBy } from './answers.ts';

/** Why a request was refused, in the words of the journal. */
export type RefusalReason =
  | 'credential_missing'
  | 'credential_malformed'
  | 'key_unknown'
  | 'key_expired'
  | 'key_suspended'
  | 'key_revoked'
  | 'permission_denied';

/** Whether an assertion holds, and a message that says what is true. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A key, or its id. */
export type KeyOrId = string | Pick<Key, 'id'> | Pick<IssuedKey, 'key'>;

/** What is known about a request or a secret. */
interface Finding {
  readonly isRefused: boolean;
  readonly isAccepted: boolean;
  readonly reason: string | null;
  readonly sentence: string;
}

const refusals: readonly (number | undefined)[] = [401, 403];

/**
 * Judges whether a secret would be refused now, or whether a request was: `received` is a secret, an object that has one (an
 * issued key, a credential), or what a client returned or threw for the world's last request. With a reason, the refusal must have
 * that one. Throws TypeError for anything else.
 */
export async function judgeRefused(lk: Latchkey, received: unknown, reason?: RefusalReason): Promise<Verdict> {
  const found = await find(lk, received);
  const pass = found.isRefused && (reason === undefined || found.reason === reason);
  const wanted = reason === undefined ? 'refused' : `refused for ${reason}`;
  return { pass, message: () => `expected it ${pass ? 'not ' : ''}to be ${wanted}: ${found.sentence}` };
}

/** Judges the opposite: whether a secret would be accepted, or a request succeeded. */
export async function judgeAccepted(lk: Latchkey, received: unknown): Promise<Verdict> {
  const { isAccepted: pass, sentence } = await find(lk, received);
  return { pass, message: () => `expected it ${pass ? 'not ' : ''}to be accepted: ${sentence}` };
}

/** The most entries that one call lists. */
const wholePage = 10_000;

/**
 * Judges whether a key was used: at least one request with it that the filter selects was not refused because of it. Throws if
 * that cannot be said, because the journal has forgotten requests that might have been among them.
 */
export async function judgeUsed(lk: Latchkey, key: KeyOrId, filter: RequestFilter = {}): Promise<Verdict> {
  const id = idOf(key);
  const requests = await lk.requests({ limit: wholePage, ...filter, key: id });
  const used = requests.filter(({ code }) => code === null || !/^(key_(un|ex|sus|rev)|credential_)/.test(code)).length;
  const { forgotten } = await lk.countRequests();
  const pass = used > 0 || (forgotten > 0 && (await wasUsed(lk, id, filter, forgotten)));
  const lost = forgotten === 0 ? '' : `; the journal has forgotten ${forgotten} requests`;
  const found = `requests with it: ${used} let in, ${requests.length - used} refused${lost}`;
  return { pass, message: () => `expected the key ${id} ${pass ? 'not ' : ''}to have been used; ${found}` };
}

/** What the key itself says of its use, for what the journal has forgotten. It says when it was last let in, and nothing else. */
async function wasUsed(lk: Latchkey, id: string, filter: RequestFilter, forgotten: number): Promise<boolean> {
  const { lastUsedAt } = await lk.keys.get(id);
  if (lastUsedAt === null) return false;
  const { operation, status, since } = filter;
  if (operation === undefined && status === undefined && since === undefined) return true;
  throw new Error(
    `whether the key ${id} was used for this cannot be said: it was last let in at ${lastUsedAt}, and the journal has forgotten ${forgotten} requests. Start latchkey with a larger --journal-size, or reset or clear the journal earlier.`,
  );
}

function idOf(key: KeyOrId): string {
  if (typeof key === 'string') return key;
  return 'key' in key ? key.key.id : key.id;
}

async function find(lk: Latchkey, received: unknown): Promise<Finding> {
  const secret = secretOf(received);
  if (secret !== undefined) return foundOfSecret(await lk.introspect(secret));
  const { status, isAnswer } = await toldBy(received);
  const [entry] = await lk.requests({ limit: 1, ...(status !== undefined && { status }) });
  // Some clients return or throw only the body; the journal has the status.
  const known = status ?? (isAnswer ? entry?.status : undefined);
  if (known === undefined) throw new TypeError('expected a secret, or what a client returned or threw: this is neither');
  const isRefused = refusals.includes(known);
  return {
    isRefused,
    isAccepted: known >= 200 && known < 400,
    reason: isRefused ? (entry?.code ?? null) : null,
    sentence: `it was answered ${known}. ${await sentenceOf(lk, entry)}`,
  };
}

function secretOf(received: unknown): string | undefined {
  if (typeof received === 'string') return received;
  if (typeof received !== 'object' || received === null || !('secret' in received)) return undefined;
  return typeof received.secret === 'string' ? received.secret : undefined;
}

function foundOfSecret({ active, reason, key }: Introspection): Finding {
  const whose = key === null ? 'the secret belongs to no key' : `the key ${key.hint}… is ${key.state}`;
  return { isRefused: !active, isAccepted: active, reason, sentence: reason === null ? whose : `${whose} (${reason})` };
}

async function sentenceOf(lk: Latchkey, entry: JournalEntry | undefined): Promise<string> {
  if (entry === undefined) return 'No request of its world got that answer.';
  const { explanation } = await lk.explain(entry.id);
  return `Of the requests of its world ${entry.method} ${entry.path} was the last one with that answer. ${explanation.sentence}`;
}
