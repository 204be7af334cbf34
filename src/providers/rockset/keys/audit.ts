import type { DoneFuncWithErrOrRes, FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../../../clock.ts';
import type { ApiKey } from '../../../core/api-key.ts';
import type { Keys } from '../../../core/key-service.ts';
import type { KeyPlace } from '../../../core/key-store.ts';
import { ResourceNameTakenError, type ResourceStore, resourceKind } from '../../../core/resource-store.ts';
import type { AuditEvent, AuditPage, AuditPlace } from '../../../provider/provider.ts';

/** An operation on a key that failed. */
export interface Failure {
  readonly at: Instant;
  readonly name: string | null;
  readonly email: string;
  readonly details: string;
}

/** All failures, in one resource. Successes need no record: they follow from the keys themselves. */
export const failures = resourceKind<{ readonly failures: readonly Failure[] }>('audit');
const failuresId = 'failures';
const mostFailures = 100;

/** The names of the events, in the order of those at one instant. */
const created = 'API_KEY_CREATED';
const deleted = 'API_KEY_DELETED';
const failed = 'API_KEY_ERROR';
const names = [created, deleted, failed];

/**
 * A part of the events that the real service wrote into its `_events` collection about API keys, oldest first. They are derived
 * from the keys that were issued and revoked, and from the failures that were kept. FIDELITY: Audit trail.
 */
export async function auditTrail(
  keys: Keys,
  resources: ResourceStore,
  after: AuditPlace | undefined,
  limit: number,
): Promise<AuditPage> {
  const kept = failuresOf((await resources.get(failures, failuresId))?.data.failures ?? []);
  const [issued, revoked, issues, revocations] = await Promise.all([
    keys.listBy('createdAt', startOf(created, after), limit),
    keys.listBy('revokedAt', startOf(deleted, after), limit),
    keys.countBy('createdAt'),
    keys.countBy('revokedAt'),
  ]);
  const events = [
    ...issued.map((key) => keyEvent(key, key.createdAt, created, 'created')),
    ...revoked.flatMap((key) => (key.revokedAt === null ? [] : [keyEvent(key, key.revokedAt, deleted, 'deleted')])),
    ...kept.filter((event) => after === undefined || isAfter(event, after)),
  ];
  events.sort((one, other) => one.at - other.at);
  return { events: events.slice(0, limit), total: issues + revocations + kept.length };
}

/** Where the keys begin whose events of this name come after a place. */
function startOf(name: string, after: AuditPlace | undefined): KeyPlace {
  if (after === undefined) return { from: Number.MIN_SAFE_INTEGER };
  const { at, event, id } = after;
  if (event === name) return { from: at, after: id };
  return { from: names.indexOf(name) > names.indexOf(event) ? at : at + 1 };
}

/** Whether a failure comes after a place: it is the last of its instant, and its `id` counts those of its instant. */
function isAfter({ at, id }: AuditEvent, after: AuditPlace): boolean {
  if (at !== after.at) return at > after.at;
  return after.event !== failed || Number(id) > Number(after.id);
}

function keyEvent({ id, name, owner }: ApiKey, at: Instant, event: string, done: string): AuditEvent {
  return {
    at,
    event,
    id,
    severity: 'INFO',
    fields: { kind: 'API_KEY', api_key_name: name, user_email: owner, details: `API key "${name ?? ''}" was ${done}` },
  };
}

/** The events of failures, the oldest first. */
function failuresOf(kept: readonly Failure[]): AuditEvent[] {
  const sorted = kept.toSorted((one, other) => one.at - other.at);
  return sorted.map(({ at, name, email, details }, index) => ({
    at,
    event: failed,
    id: String(index - sorted.findIndex((failure) => failure.at === at)),
    severity: 'ERROR',
    fields: { kind: 'API_KEY', api_key_name: name, user_email: email, details },
  }));
}

/** For the routes that change keys: keeps the failure of a request with an accepted key, before the answer is sent. */
export function keepFailure(request: FastifyRequest, reply: FastifyReply, payload: unknown, done: DoneFuncWithErrOrRes): void {
  const { apiKey } = request;
  if (reply.statusCode < 400 || apiKey === undefined) done(null, payload);
  else keep(request, apiKey.owner, payload).then(() => done(null, payload), done);
}

async function keep({ now, resources, params, body, log }: FastifyRequest, email: string, payload: unknown): Promise<void> {
  const named: unknown = Object(params).name ?? Object(body).name;
  const name = typeof named === 'string' ? withoutSecrets(named) : null;
  const failure = { at: now, name, email, details: withoutSecrets(messageOf(payload)) };
  // If it cannot be kept, for instance because the world was dropped meanwhile, the answer is sent all the same.
  await add(resources, failure).catch((err: unknown) => log.warn({ err }, 'a failure is missing from the audit trail'));
}

async function add(resources: ResourceStore, failure: Failure): Promise<void> {
  const append = (kept: { readonly failures: readonly Failure[] }) => ({
    failures: [...kept.failures, failure].slice(-mostFailures),
  });
  if ((await resources.change(failures, failuresId, append)) !== undefined) return;
  const first = { id: failuresId, tenant: '', name: null, createdAt: failure.at, data: { failures: [failure] } };
  await resources
    .insert(failures, () => first)
    .catch(async (error: unknown) => {
      // A concurrent request has added the first failure.
      if (!(error instanceof ResourceNameTakenError)) throw error;
      await resources.change(failures, failuresId, append);
    });
}

/** The message of an error body. */
function messageOf(body: unknown): string {
  const [, message = '""'] = /"message":("(?:[^"\\]|\\.)*")/.exec(String(body)) ?? [];
  return String(JSON.parse(message));
}

/** A client may send a key instead of its name, so only six characters are kept of anything that looks like a key. */
function withoutSecrets(text: string): string {
  return text.replace(/[A-Za-z0-9]{64,}/g, (run) => run.slice(0, 6));
}
