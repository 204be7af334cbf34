import { worldBase } from '../state/calls.ts';
import { quoted } from '../state/curl.ts';
import type { Issued } from '../state/issuing.ts';
import { CopyButton } from './copy-button.tsx';

/** The secret of a key that was just issued: it is shown here and nowhere else. */
export function NewSecret({ of: { key, secret, credential } }: { readonly of: Issued }) {
  const { name, value } = credential.header ?? { name: 'Authorization', value: secret };
  const curl = `curl -i ${quoted(`${worldBase}/${key.provider}/`)} -H ${quoted(`${name}: ${value}`)}`;
  return (
    <div class="secret" role="status">
      <p>
        Issued. Its secret is shown only now: <code>{secret}</code> <CopyButton text={secret} what="the secret" />
      </p>
      <p>
        <code>{curl}</code> <CopyButton text={curl} what="the call with curl" />
      </p>
    </div>
  );
}
