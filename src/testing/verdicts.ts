import { LatchkeyError } from '../client/error.ts';
import type { Introspection, JournalEntry, Latchkey, RequestFilter } from '../client/types.ts';
import { toldBy } from './answers.ts';
import { checkFilter, checkReason, type RefusalReason } from './known-names.ts';
import { idOf, type KeyOrId, secretOf } from './received.ts';

export type { RefusalReason } from './known-names.ts';
export type { KeyOrId } from './received.ts';

/** Whether an assertion holds, and a message that says what is true. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

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
 * that one. Throws TypeError for anything else, and LatchkeyError for a reason that no refusal can have.
 */
export async function judgeRefused(lk: Latchkey, received: unknown, reason?: RefusalReason): Promise<Verdict> {
  checkReason(reason);
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
 * Judges whether a key was used: at least one request with it that the filter selects was not refused because of it. Throws
 * LatchkeyError for a key that the world does not have, for a filter that no request can pass, and if it cannot be said, because
 * the journal has forgotten requests that might have been among them.
 */
export async function judgeUsed(lk: Latchkey, key: KeyOrId, filter: RequestFilter = {}): Promise<Verdict> {
  await checkFilter(lk, filter);
  const id = idOf(key);
  const { lastUsedAt } = await lk.keys.get(id);
  const requests = await lk.requests({ limit: wholePage, ...filter, key: id });
  const used = requests.filter(({ code }) => code === null || !/^(key_(un|ex|sus|rev)|credential_)/.test(code)).length;
  const { forgotten } = await lk.countRequests();
  const pass = used > 0 || (forgotten > 0 && wasUsed(id, lastUsedAt, filter, forgotten));
  const lost = forgotten === 0 ? '' : `; the journal has forgotten ${forgotten} requests`;
  const found = `requests with it: ${used} let in, ${requests.length - used} refused${lost}`;
  return { pass, message: () => `expected the key ${id} ${pass ? 'not ' : ''}to have been used; ${found}` };
}

/** What the key itself says of its use, for what the journal has forgotten. It says when it was last let in, and nothing else. */
function wasUsed(id: string, lastUsedAt: string | null, filter: RequestFilter, forgotten: number): boolean {
  if (lastUsedAt === null) return false;
  const { provider: _, key: __, limit: ___, ...narrowing } = filter;
  if (Object.values(narrowing).every((part) => part === undefined)) return true;
  const message = `whether the key ${id} was used for this cannot be said: it was last let in at ${lastUsedAt}, and the journal has forgotten ${forgotten} requests. Start latchkey with a larger --journal-size, or reset or clear the journal earlier.`;
  throw new LatchkeyError(0, 'journal_forgot', message, { forgotten });
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

function foundOfSecret({ active, reason, key }: Introspection): Finding {
  const whose = key === null ? 'the secret belongs to no key' : `the key ${key.hint}… is ${key.state}`;
  return { isRefused: !active, isAccepted: active, reason, sentence: reason === null ? whose : `${whose} (${reason})` };
}

async function sentenceOf(lk: Latchkey, entry: JournalEntry | undefined): Promise<string> {
  if (entry === undefined) return 'No request of its world got that answer.';
  const { explanation } = await lk.explain(entry.id);
  return `Of the requests of its world ${entry.method} ${entry.path} was the last one with that answer. ${explanation.sentence}`;
}
