import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ExplainedEntry, Introspection } from '../../client/types.ts';
import { base, call, worldBase } from '../state/calls.ts';
import { type Issued, takeIssued } from '../state/issuing.ts';
import { goToExpiry } from '../state/moves.ts';
import { type Step, stepsFor } from '../state/next-steps.ts';
import { pageOf, placeOf } from '../state/place.ts';
import { goTo } from '../state/route.ts';
import { headerOf } from '../state/secret-of.ts';
import { useActing } from './act.ts';
import { Action, Refusal } from './controls.tsx';
import { CopyButton } from './copy-button.tsx';
import { NewSecret } from './new-secret.tsx';

/** What to do about an answer. */
export function NextSteps({ of: entry }: { readonly of: ExplainedEntry }) {
  const steps = stepsFor(entry.explanation?.verdict ?? 'answered');
  const shown = [...steps, ...(entry.key !== null && !steps.includes('show key') ? (['show key'] as const) : [])];
  return (
    <div class="line steps">
      {shown.map((step) => (
        <Offered key={step} step={step} entry={entry} />
      ))}
    </div>
  );
}

interface OfferedProps {
  readonly step: Step;
  readonly entry: ExplainedEntry;
}

function Offered({ step, entry }: OfferedProps) {
  const { key, provider, explanation } = entry;
  const near = explanation?.nearly?.[0];
  const { root } = placeOf(base.href);
  const parts: Readonly<Record<Step, () => ComponentChildren>> = {
    'last moment': () => key !== null && <Action run={() => goToExpiry({ id: key }, '0s')}>Go to its last moment</Action>,
    successor: () => key !== null && <Successor of={key} />,
    resume: () =>
      key !== null && <Action run={() => call('POST', `keys/${encodeURIComponent(key)}/resume`)}>Resume the key</Action>,
    'open world': () => <a href={pageOf(root, near?.world ?? explanation?.mount?.world ?? 'default')}>Open that world</a>,
    'base url': () => (
      <Copied what={`the base URL of ${near?.provider ?? 'the provider'}`} text={`${worldBase}/${near?.provider ?? ''}`} />
    ),
    header: () => <Copied what="the header as it has to be" text={headerOf(provider) ?? ''} />,
    introspect: () => <Introspect />,
    'show key': () =>
      key !== null && (
        <button type="button" onClick={() => goTo({ key })}>
          Show key
        </button>
      ),
    'show fault': () => <a href="#/faults">Show faults</a>,
    supported: () => <a href={`SUPPORTED.md#${provider ?? ''}`}>What is emulated</a>,
    response: () => null,
    'real answer': () => null,
  };
  return parts[step]();
}

function Copied({ text, what }: { readonly text: string; readonly what: string }) {
  if (text === '') return null;
  return (
    <span>
      <code>{text}</code> <CopyButton text={text} what={what} />
    </span>
  );
}

function Successor({ of: key }: { readonly of: string }) {
  const issued = useSignal<Issued | null>(null);
  const succeed = async () => {
    issued.value = await takeIssued(call<Issued>('POST', `keys/${encodeURIComponent(key)}/successor`, {}));
  };
  return (
    <>
      <Action run={succeed}>Issue successor</Action>
      {issued.value !== null && <NewSecret of={issued.value} />}
    </>
  );
}

/** Says whether a secret would be accepted. It is sent once, and neither shown nor kept. */
function Introspect() {
  const [secret, found] = [useSignal(''), useSignal('')];
  const acting = useActing();
  const ask = async (event: Event) => {
    event.preventDefault();
    const sent = secret.value;
    secret.value = '';
    await acting.run(async () => {
      const { active, reason, key } = await call<Introspection>('POST', 'introspect', { secret: sent });
      found.value = active
        ? `It would be accepted: ${key?.provider} ${key?.name ?? ''}`
        : `It would be refused: ${reason?.replaceAll('_', ' ')}`;
    });
  };
  return (
    <form class="line" onSubmit={ask}>
      <label>
        Introspect{' '}
        <input
          type="password"
          autocomplete="off"
          placeholder="paste a secret"
          value={secret.value}
          onInput={({ currentTarget }) => (secret.value = currentTarget.value)}
        />
      </label>
      <button type="submit">Ask</button>
      <span role="status">{found.value}</span>
      <Refusal of={acting} />
    </form>
  );
}
