import type { Snippet } from '../../../client/types.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { insideQuotes } from '../../state/curl.ts';
import { filledIn } from '../../state/snippet-text.ts';
import type { Usable } from './pieces.ts';

interface SnippetsProps {
  readonly snippets: readonly Snippet[];
  readonly base: string;
  readonly used: Usable | null;
}

/** The lines for each client, filled in with the address and the secret that were chosen. */
export function Snippets({ snippets, base, used }: SnippetsProps) {
  return (
    <>
      {snippets.map(({ client, language, install, code }) => {
        const secret = used?.secret ?? '';
        const text = filledIn(code, base, language === 'shell' ? insideQuotes(secret) : secret);
        return (
          <section key={`${client} ${language}`} class="snippet" aria-label={client}>
            <h2>
              {client} <small>{language}</small>
            </h2>
            {install !== null && install !== '' && (
              <p>
                <code>{install}</code> <CopyButton text={install} what={`how to install ${client}`} />
              </p>
            )}
            <pre>{text}</pre>
            <CopyButton text={text} what={`the lines for ${client}`} />
          </section>
        );
      })}
    </>
  );
}
