import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { CopyButton } from '../../parts/copy-button.tsx';
import { base, worldBase } from '../../state/calls.ts';
import { placeOf } from '../../state/place.ts';
import { health } from '../../state/store.ts';
import { addressesOf } from './addresses.ts';

/** The addresses at which a client finds the provider: one is chosen, and used in the lines below. */
export function Addresses({ provider, chosen }: { readonly provider: string; readonly chosen: Signal<string> }) {
  const form = useSignal('below its name');
  const { world } = placeOf(base.href);
  const place = { base: worldBase, world: world === 'default' ? undefined : world, https: health.value?.https ?? null };
  const addresses = addressesOf(provider, place);
  const url = (addresses.find((one) => one.form === form.value) ?? addresses[0])?.url ?? worldBase;
  useLayoutEffect(() => {
    chosen.value = url;
  }, [url]);
  return (
    <fieldset>
      <legend>Address</legend>
      {addresses.map((address) => (
        <div key={address.form} class="choice">
          <label>
            <input
              type="radio"
              name="address"
              checked={address.form === form.value}
              onChange={() => {
                form.value = address.form;
              }}
            />
            {address.form}: <code>{address.url}</code>
          </label>
          <CopyButton text={address.url} what={`the address ${address.form}`} />
        </div>
      ))}
    </fieldset>
  );
}
