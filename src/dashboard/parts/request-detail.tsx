import { useEffect } from 'preact/hooks';
import type { ExplainedEntry } from '../../client/types.ts';
import { base } from '../state/calls.ts';
import { curlOf, variableOf } from '../state/curl.ts';
import { explained, explainRequest } from '../state/explained.ts';
import { msOf, shownInstant } from '../state/instants.ts';
import { stepsFor } from '../state/next-steps.ts';
import { placeOf } from '../state/place.ts';
import { goTo, route } from '../state/route.ts';
import { secretOf } from '../state/secret-of.ts';
import { isLoaded, requests } from '../state/store.ts';
import { useActing } from './act.ts';
import { Refusal } from './controls.tsx';
import { CopyButton } from './copy-button.tsx';
import { Facts } from './facts.tsx';
import { NextSteps } from './next-steps.tsx';

/** The request that the address names, and why it was answered as it was. */
export function RequestDetail() {
  const { request: id } = route.value;
  const acting = useActing();
  useEffect(() => {
    if (id !== null && isLoaded.value && !explained.value.has(id)) void acting.run(() => explainRequest(id));
  }, [id, isLoaded.value, explained.value]);
  if (id === null) return null;
  const entry = explained.value.get(id);
  const { method = '', path = '', status } = entry ?? requests.value.find((one) => one.id === id) ?? {};
  return (
    <section class="detail" aria-label="Request">
      <div class="line">
        <h3>
          #{id} {method} {path} → {status ?? '…'}
        </h3>
        <button type="button" class="close" aria-label="Close the request" onClick={() => goTo({ request: null })}>
          ×
        </button>
      </div>
      <Refusal of={acting} />
      {entry !== undefined && <Shown of={entry} />}
    </section>
  );
}

function Shown({ of: entry }: { readonly of: ExplainedEntry }) {
  const { verdict = 'answered', sentence = '', nearly = [] } = entry.explanation ?? {};
  const curl = curlOf(entry, placeOf(base.href).root, { secret: secretOf(entry.key), variable: variableOf(entry.provider) });
  return (
    <>
      <p class="why">
        <strong>{verdict}</strong>: {sentence}
      </p>
      <div class="line" data-key="c">
        <CopyButton text={curl.text} what="as curl" isTold />
        {curl.variable !== null && (
          <span class="faint">
            the secret is not known here: set <code>{curl.variable}</code>
          </span>
        )}
        <NextSteps of={entry} />
      </div>
      <Facts of={factsOf(entry)} />
      <Message name="request" headers={entry.requestHeaders} body={entry.requestBody} />
      <Message
        name="response"
        headers={entry.responseHeaders}
        body={entry.responseBody}
        isOpen={stepsFor(verdict).includes('response')}
      />
      {nearly.length > 0 && (
        <details>
          <summary>nearly</summary>
          <ul>
            {nearly.map(({ why, world, provider, key, hint, state }) => (
              <li key={`${world}-${key}-${why}`}>
                {why}: {hint} of {provider} in the world {world}, {state}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function factsOf(entry: ExplainedEntry): readonly (readonly [string, string | undefined])[] {
  const { credential, permission, mount, truth } = entry.explanation ?? {};
  const at = msOf(entry.at);
  const asked = permission?.required ? `${permission.required} ${permission.granted ? 'granted' : 'not granted'}` : undefined;
  const read = credential && `${credential.hint} from ${credential.from}${credential.problem ? `: ${credential.problem}` : ''}`;
  return [
    ['time', at === undefined ? undefined : shownInstant(at)],
    ['credential', read ?? 'none'],
    ['permission', asked ?? 'not asked'],
    ...(truth ? [['truth', `${truth.status} ${truth.code ?? ''}`] as const] : []),
    ['operation', entry.operation ?? undefined],
    ['mount', mount && `${mount.by}, world ${mount.world}`],
    ['client', [entry.client, entry.from && `from ${entry.from}`].filter((part) => part).join(', ')],
    ...(entry.mark ? [['during', entry.mark] as const] : []),
    ['took', entry.durationMs === undefined ? undefined : `${entry.durationMs} ms`],
  ];
}

interface MessageProps {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly body: string | null | undefined;
  readonly isOpen?: boolean;
}

function Message({ name, headers, body, isOpen = false }: MessageProps) {
  const lines = Object.entries(headers ?? {}).map(([header, value]) => `${header}: ${value}`);
  return (
    <details open={isOpen}>
      <summary>{name}</summary>
      <pre>
        {lines.join('\n')}
        {body ? `\n\n${indented(body)}` : ''}
      </pre>
    </details>
  );
}

/** JSON as people read it; anything else as it is. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
