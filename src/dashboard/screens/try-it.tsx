import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Snippet } from '../../client/types.ts';
import { useActing } from '../parts/act.ts';
import { Refusal } from '../parts/controls.tsx';
import { call } from '../state/calls.ts';
import { loadSnippets } from '../state/snippets.ts';
import { Addresses } from './try/address-choice.tsx';
import { Arrived } from './try/arrived.tsx';
import { CredentialChoice } from './try/credential-choice.tsx';
import type { Credentials, Usable } from './try/pieces.ts';
import { Snippets } from './try/snippets.tsx';
import { Tabs } from './try/tabs.tsx';

/** How a client is pointed at this latchkey: an address, a credential, and the lines that use them. */
export function TryIt() {
  const byProvider = useSignal<Credentials>({});
  const snippets = useSignal<readonly Snippet[]>([]);
  const provider = useSignal('');
  const loading = useActing();
  useEffect(() => {
    void loading.run(async () => {
      byProvider.value = await call<Credentials>('GET', 'credentials');
      provider.value ||= Object.keys(byProvider.value)[0] ?? '';
      snippets.value = await loadSnippets();
    });
  }, []);
  return (
    <section class="panel" aria-labelledby="try-title">
      <h1 id="try-title">Try it</h1>
      <p class="hint">
        Choose where your client is to find this latchkey, and what it presents. Then copy the lines, and run them.
      </p>
      <Refusal of={loading} />
      <Tabs names={Object.keys(byProvider.value)} chosen={provider} label="Providers">
        <OfProvider key={provider.value} provider={provider.value} byProvider={byProvider} snippets={snippets} />
      </Tabs>
    </section>
  );
}

interface OfProviderProps {
  readonly provider: string;
  readonly byProvider: Signal<Credentials>;
  readonly snippets: Signal<readonly Snippet[]>;
}

function OfProvider({ provider, byProvider, snippets }: OfProviderProps) {
  const url = useSignal('');
  const used = useSignal<Usable | null>(null);
  const own = snippets.value.filter((snippet) => snippet.provider === provider);
  return (
    <>
      <Addresses provider={provider} chosen={url} />
      <CredentialChoice provider={provider} seeded={byProvider.value[provider]?.credentials ?? []} chosen={used} />
      <Snippets snippets={own} base={url.value} used={used.value} />
      <Arrived provider={provider} />
    </>
  );
}
