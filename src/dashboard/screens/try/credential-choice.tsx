import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Credential } from '../../../client/types.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { issuedKeys } from '../../state/secrets.ts';
import { type Usable, usableOf } from './pieces.ts';

interface CredentialChoiceProps {
  readonly provider: string;
  readonly seeded: readonly Credential[];
  readonly chosen: Signal<Usable | null>;
}

/** The credentials whose secret this tab knows: those of the seed, and those of the keys that were issued here. */
export function CredentialChoice({ provider, seeded, chosen }: CredentialChoiceProps) {
  const name = useSignal('');
  const issued = usableOf(issuedKeys.value.filter(({ key }) => key.provider === provider).map(({ credential }) => credential));
  const groups = [
    { label: 'seeded', credentials: usableOf(seeded) },
    { label: 'issued in this tab', credentials: issued },
  ].filter(({ credentials }) => credentials.length > 0);
  const all = groups.flatMap(({ label, credentials }) => credentials.map((one) => ({ id: `${label} ${one.name}`, one })));
  const found = all.find(({ id }) => id === name.value) ?? all[0];
  const used = found?.one ?? null;
  useLayoutEffect(() => {
    chosen.value = used;
  }, [used?.secret]);
  return (
    <div class="stack">
      <label for="credential">Credential</label>
      <select id="credential" value={found?.id ?? ''} onChange={({ currentTarget }) => (name.value = currentTarget.value)}>
        {groups.map(({ label, credentials }) => (
          <optgroup key={label} label={label}>
            {credentials.map((one) => (
              <option key={one.name} value={`${label} ${one.name}`}>
                {one.name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {used !== null && (
        <p>
          <code>
            {used.header.name}: {used.header.value}
          </code>{' '}
          <CopyButton text={`${used.header.name}: ${used.header.value}`} what="the header" />
        </p>
      )}
    </div>
  );
}
