import { type Signal, useSignal } from '@preact/signals';
import { useActing } from '../../parts/act.ts';
import { Action } from '../../parts/controls.tsx';
import { Field, Problem } from '../../parts/field.tsx';
import { base, call } from '../../state/calls.ts';
import { pageOf, placeOf } from '../../state/place.ts';
import { seedIn } from './seed-text.ts';

/** The form of a new world, with a seed of its own if one is written. */
export function NewWorld({ onMade }: { readonly onMade: () => Promise<void> }) {
  const [name, seed, made] = [useSignal(''), useSignal(''), useSignal<string | null>(null)];
  const acting = useActing();
  const read = seedIn(seed.value);
  const make = async () => {
    const { name: given }: { readonly name: string } = await call('PUT', `worlds/${encodeURIComponent(name.value)}`, read ?? {});
    made.value = given;
    name.value = '';
    await onMade();
  };
  const canMake = name.value !== '' && read !== undefined;
  const submit = (event: Event) => {
    event.preventDefault();
    if (canMake) void acting.run(make);
  };
  return (
    <form class="panel form" aria-labelledby="new-world" onSubmit={submit}>
      <h2 id="new-world">New world</h2>
      <Fields name={name} seed={seed} isRead={read !== undefined} />
      <Action run={make} acting={acting} kind="first" disabled={!canMake}>
        Make world
      </Action>
      <Refused acting={acting} />
      <p role="status">
        {made.value !== null && (
          <>
            {made.value} is made. <a href={pageOf(placeOf(base.href).root, made.value)}>Open it</a>
          </>
        )}
      </p>
    </form>
  );
}

interface FieldsProps {
  readonly name: Signal<string>;
  readonly seed: Signal<string>;
  readonly isRead: boolean;
}

function Fields({ name, seed, isRead }: FieldsProps) {
  return (
    <>
      <Field id="world-name" label="Name" problem={undefined}>
        <input
          id="world-name"
          autocomplete="off"
          value={name.value}
          onInput={({ currentTarget }) => (name.value = currentTarget.value)}
        />
      </Field>
      <Field
        id="world-seed"
        label="Seed"
        hint="as JSON, as in a seed file; empty: that of this latchkey"
        problem={isRead ? undefined : 'This is not the JSON of a seed yet.'}
      >
        <textarea
          id="world-seed"
          rows={4}
          spellcheck={false}
          value={seed.value}
          onInput={({ currentTarget }) => (seed.value = currentTarget.value)}
        />
      </Field>
    </>
  );
}

/** Each problem of the seed on a line of its own, or else the whole refusal. */
function Refused({ acting: { details, refusal } }: { readonly acting: ReturnType<typeof useActing> }) {
  if (details.value.length === 0) return <Problem id="world-problem">{refusal.value}</Problem>;
  return (
    <ul class="refusal" role="alert">
      {details.value.map(({ path, problem }) => (
        <li key={`${path} ${problem}`}>
          <code>{path}</code> {problem}
        </li>
      ))}
    </ul>
  );
}
