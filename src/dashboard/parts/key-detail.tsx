import { useSignal } from '@preact/signals';
import type { Key } from '../../client/types.ts';
import { call } from '../state/calls.ts';
import { msOf, shownInstant } from '../state/instants.ts';
import { type Issued, takeIssued } from '../state/issuing.ts';
import { keyTitle, stateAt, timeLeft } from '../state/key-view.ts';
import { goToExpiry } from '../state/moves.ts';
import { nowInSeconds } from '../state/now.ts';
import { goTo, route } from '../state/route.ts';
import { isLoaded, keys, requests } from '../state/store.ts';
import { type Acting, useActing } from './act.ts';
import { AskedAction } from './asked-action.tsx';
import { Action, Refusal } from './controls.tsx';
import { Facts } from './facts.tsx';
import { NewSecret } from './new-secret.tsx';

/** The key that the address names, below the list that it is in. */
export function KeyDetail() {
  const { key: id } = route.value;
  if (id === null) return null;
  const key = keys.value.get(id);
  const title = key === undefined ? 'Key' : `${key.provider ?? ''} ${keyTitle(key)}`;
  return (
    <section class="detail" aria-label="Key">
      <div class="line">
        <h3>{title}</h3>
        <button type="button" class="close" aria-label="Close the key" onClick={() => goTo({ key: null })}>
          ×
        </button>
      </div>
      {key === undefined ? (
        <p>{isLoaded.value ? 'There is no such key, or the page does not hold it.' : ''}</p>
      ) : (
        <Shown of={key} />
      )}
    </section>
  );
}

function Shown({ of: key }: { readonly of: Key }) {
  const state = stateAt(key, nowInSeconds.value);
  const left = timeLeft(key, nowInSeconds.value);
  return (
    <>
      <p>
        <span class={`state-${state}`}>{state}</span>
        {state === 'active' && key.expiresAt ? `, ${left}${left === 'last moment' ? '' : ' left'}` : ''}
        {state === 'expired' ? `, ${left}` : ''}
      </p>
      <Transitions of={key} state={state} />
      <Facts
        of={[
          ['id', key.id],
          ['owner', key.owner],
          ['tenant', key.tenant],
          ['grants', grantsOf(key)],
          ['created', instantOf(key.createdAt)],
          ['expires', instantOf(key.expiresAt) ?? 'never'],
          ...(key.revokedAt ? [['revoked', instantOf(key.revokedAt)] as const] : []),
          ['last used', lastUse(key)],
        ]}
      />
    </>
  );
}

function Transitions({ of: key, state }: { readonly of: Key; readonly state: string }) {
  const acting = useActing();
  const issued = useSignal<Issued | null>(null);
  const move = (name: string) => () => call('POST', `keys/${encodeURIComponent(key.id)}/${name}`);
  const succeed = async () => {
    issued.value = await takeIssued(call<Issued>('POST', `keys/${encodeURIComponent(key.id)}/successor`, {}));
  };
  return (
    <>
      <div class="line">
        {state === 'suspended' ? (
          <Action acting={acting} run={move('resume')}>
            Resume
          </Action>
        ) : (
          <Action acting={acting} run={move('suspend')} disabled={state !== 'active'}>
            Suspend
          </Action>
        )}
        <AskedAction run={move('revoke')} question="Revoke? This cannot be undone." yes="Revoke" disabled={state === 'revoked'}>
          Revoke
        </AskedAction>
        <Action acting={acting} run={move('expire')} disabled={state === 'revoked' || state === 'expired'}>
          Expire
        </Action>
        <Expiry acting={acting} of={key} />
        <Action acting={acting} run={succeed}>
          Issue successor
        </Action>
        <button type="button" onClick={() => goTo({ query: { ...route.value.query, key: key.id } })}>
          Its requests
        </button>
      </div>
      <Refusal of={acting} />
      {issued.value !== null && <NewSecret of={issued.value} />}
    </>
  );
}

function Expiry({ acting, of: key }: { readonly acting: Acting; readonly of: Key }) {
  return (
    <>
      <Action acting={acting} run={() => goToExpiry(key, '0s')} disabled={!key.expiresAt}>
        Go to its last moment
      </Action>
      <Action acting={acting} run={() => goToExpiry(key, '1ms')} disabled={!key.expiresAt}>
        Just after
      </Action>
    </>
  );
}

function instantOf(text: string | null): string | undefined {
  const ms = msOf(text);
  return ms === undefined ? undefined : shownInstant(ms);
}

function grantsOf({ grants }: Key): string {
  const { roles = [], scopes = [] } = grants ?? {};
  return [...roles.map((role) => `role ${role}`), ...scopes].join(', ');
}

function lastUse({ id, lastUsedAt }: Key): string {
  const client = requests.value.find((entry) => entry.key === id && entry.at === lastUsedAt)?.client;
  return !lastUsedAt ? 'never' : `${instantOf(lastUsedAt)}${client ? ` by ${client}` : ''}`;
}
