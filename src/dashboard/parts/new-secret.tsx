import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Snippet } from '../../client/types.ts';
import { worldBase } from '../state/calls.ts';
import { insideQuotes } from '../state/curl.ts';
import type { Issued } from '../state/issuing.ts';
import { filledIn } from '../state/snippet-text.ts';
import { loadSnippets } from '../state/snippets.ts';
import { CopyButton } from './copy-button.tsx';

/** The secret of a key that was just issued: it is shown here and nowhere else. */
export function NewSecret({ of: { key, secret } }: { readonly of: Issued }) {
  const code = useSignal('');
  useEffect(() => {
    void callWithCurl(key.provider).then((found) => (code.value = found));
  }, [key.provider]);
  const curl = filledIn(code.value, `${worldBase}/${key.provider}`, insideQuotes(secret));
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
  const snippets: readonly Snippet[] = await loadSnippets().catch(() => []);
  return snippets.find((snippet) => snippet.provider === provider && snippet.client === 'curl')?.code ?? '';
}
