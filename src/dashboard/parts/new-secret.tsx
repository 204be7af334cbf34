import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Snippet } from '../../client/types.ts';
import { filledIn } from '../screens/try/addresses.ts';
import { call, worldBase } from '../state/calls.ts';
import type { Issued } from '../state/issuing.ts';
import { CopyButton } from './copy-button.tsx';

/** The secret of a key that was just issued: it is shown here and nowhere else. */
export function NewSecret({ of: { key, secret } }: { readonly of: Issued }) {
  const code = useSignal('');
  useEffect(() => {
    void callWithCurl(key.provider).then((found) => (code.value = found));
  }, [key.provider]);
  const curl = filledIn(code.value, `${worldBase}/${key.provider}`, secret);
  return (
    <div class="secret" role="status">
      <p>
        Issued. Its secret is shown only now: <code>{secret}</code> <CopyButton text={secret} what="the secret" />
      </p>
      {curl !== '' && (
        <>
          <pre>{curl}</pre>
          <CopyButton text={curl} what="the call with curl" />
        </>
      )}
    </div>
  );
}

/** A call that needs a key of a provider, for curl; empty if there is none to be had. */
async function callWithCurl(provider: string): Promise<string> {
  const { snippets } = await call<{ readonly snippets: readonly Snippet[] }>('GET', 'snippets').catch(() => ({ snippets: [] }));
  return snippets.find((snippet) => snippet.provider === provider && snippet.client === 'curl')?.code ?? '';
}
