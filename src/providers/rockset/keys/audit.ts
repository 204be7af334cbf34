import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../../../clock.ts';
import type { ApiKey } from '../../../core/api-key.ts';
import type { KeyService } from '../../../core/key-service.ts';
import { ResourceNameTakenError, type ResourceStore, resourceKind } from '../../../core/resource-store.ts';
import type { AuditEvent } from '../../../provider/provider.ts';

/** Something that could not be done to a key. */
interface Failure {
  readonly at: Instant;
  readonly name: string | null;
  readonly email: string;
  readonly details: string;
}

/** What failed, in one resource; what succeeded is told by the keys themselves. */
const failures = resourceKind<{ readonly failures: readonly Failure[] }>('audit');
const failuresId = 'failures';
const mostFailures = 100;

/**
 * What the real service wrote into its `_events` collection about API keys, oldest first: derived from the keys that were
 * issued and revoked, and from the failures that were kept. FIDELITY: Audit trail.
 */
export async function auditTrail(keys: KeyService, resources: ResourceStore): Promise<readonly AuditEvent[]> {
  const issued = await keys.find({ kind: 'key' });
  const kept = await resources.get(failures, failuresId);
  const events = [
    ...issued.map((key) => keyEvent(key, key.createdAt, 'API_KEY_CREATED', 'created')),
    ...issued.flatMap((key) => (key.revokedAt === null ? [] : [keyEvent(key, key.revokedAt, 'API_KEY_DELETED', 'deleted')])),
    ...(kept?.data.failures ?? []).map(failureEvent),
  ];
  return events.toSorted((one, other) => one.at - other.at);
}

function keyEvent({ name, owner }: ApiKey, at: Instant, event: string, done: string): AuditEvent {
  return {
    ...{ at, event, severity: 'INFO' },
    fields: { kind: 'API_KEY', api_key_name: name, user_email: owner, details: `API key "${name ?? ''}" was ${done}` },
  };
}

function failureEvent({ at, name, email, details }: Failure): AuditEvent {
  return {
    ...{ at, event: 'API_KEY_ERROR', severity: 'ERROR' },
    fields: { kind: 'API_KEY', api_key_name: name, user_email: email, details },
  };
}

/** For the routes that change keys: keeps what an accepted key was refused, before the answer is sent. */
export async function keepFailure(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const { apiKey, now, resources, params, body } = request;
  if (reply.statusCode < 400 || apiKey === undefined) return payload;
  const named: unknown = Object(params).name ?? Object(body).name;
  const name = typeof named === 'string' ? withoutSecrets(named) : null;
  const failure = { at: now, name, email: apiKey.owner, details: withoutSecrets(messageOf(payload)) };
  // Where it cannot be kept, as in a world that was dropped meanwhile, the caller is answered all the same.
  await add(resources, failure).catch((err: unknown) => request.log.warn({ err }, 'the audit trail lacks a failure'));
  return payload;
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
      // Another first failure was faster.
      if (!(error instanceof ResourceNameTakenError)) throw error;
      await resources.change(failures, failuresId, append);
    });
}

/** The message of an error body. */
function messageOf(body: unknown): string {
  const [, message = '""'] = /"message":("(?:[^"\\]|\\.)*")/.exec(String(body)) ?? [];
  return String(JSON.parse(message));
}

/** Somebody may send a key where its name belongs: of what could be one only the first six characters are kept. */
function withoutSecrets(text: string): string {
  return text.replace(/[A-Za-z0-9]{64,}/g, (run) => run.slice(0, 6));
}
