import { type Signal, useComputed, useSignal } from '@preact/signals';
import type { Fault } from '../../../client/types.ts';
import { useActing } from '../../parts/act.ts';
import { Action } from '../../parts/controls.tsx';
import { Field, Problem } from '../../parts/field.tsx';
import { call } from '../../state/calls.ts';
import { type Draft, draftIn, fieldOf, firstDraft, problemsByPlace, textOf, withTimes, withTtl } from './draft.ts';
import type { Editing } from './editing.ts';
import { EffectFields } from './effect-fields.tsx';
import { MatchFields } from './match-fields.tsx';

/** The form of a new fault. The JSON beside it is the same fault: what is changed in one changes the other. */
export function NewFault({ onAdded }: { readonly onAdded: (fault: Fault) => void }) {
  const text = useSignal(textOf(firstDraft));
  const draft = useSignal(firstDraft);
  const acting = useActing();
  const told = useComputed(() => problemsByPlace(acting.details.value));
  const isJson = useComputed(() => draftIn(text.value) !== undefined);
  const change = (next: Draft) => {
    draft.value = next;
    text.value = textOf(next);
  };
  const type = (typed: string) => {
    text.value = typed;
    draft.value = draftIn(typed) ?? draft.value;
  };
  const add = async () => onAdded(await call<Fault>('POST', 'faults', draft.value));
  // What the details say is told at the fields; the rest of the refusal below the button.
  const rest = told.value['form'] ?? (acting.details.value.length === 0 ? acting.refusal.value : null);
  return (
    <form class="panel form" aria-labelledby="new-fault" onSubmit={(event) => event.preventDefault()}>
      <h2 id="new-fault">New fault</h2>
      <div class="columns">
        <div>
          <MatchFields draft={draft} problems={told} change={change} />
          <EffectFields draft={draft} problems={told} change={change} />
          <Limits draft={draft} problems={told} change={change} />
        </div>
        <JsonText text={text} isJson={isJson} type={type} />
      </div>
      <Action run={add} acting={acting} kind="first" disabled={!isJson.value}>
        Add fault
      </Action>
      <Problem id="fault-form-problem">{rest}</Problem>
    </form>
  );
}

function Limits({ draft, problems, change }: Editing) {
  const times = draft.value['times'];
  return (
    <>
      <Field id="fault-times" label="Times" hint="empty: all" problem={problems.value['times']}>
        <input
          id="fault-times"
          inputMode="numeric"
          value={times === undefined ? '1' : fieldOf(draft.value, 'times')}
          onInput={({ currentTarget: { value } }) => change(withTimes(draft.value, value))}
        />
      </Field>
      <Field id="fault-ttl" label="Lasts" hint="in real time: 60s, 5m" problem={problems.value['ttl']}>
        <input
          id="fault-ttl"
          value={fieldOf(draft.value, 'ttl')}
          onInput={({ currentTarget: { value } }) => change(withTtl(draft.value, value))}
        />
      </Field>
    </>
  );
}

interface JsonTextProps {
  readonly text: Signal<string>;
  readonly isJson: { readonly value: boolean };
  readonly type: (typed: string) => void;
}

function JsonText({ text, isJson, type }: JsonTextProps) {
  return (
    <div class="stack">
      <label for="fault-json">The same as JSON</label>
      <textarea
        id="fault-json"
        rows={14}
        spellcheck={false}
        aria-describedby="fault-json-hint fault-json-problem"
        aria-invalid={!isJson.value}
        value={text.value}
        onInput={({ currentTarget: { value } }) => type(value)}
      />
      <p class="hint" id="fault-json-hint">
        Here it may also have <code>skip</code>, <code>match.path</code>, <code>match.key</code>, <code>retryAfter</code> and
        several effects.
      </p>
      <Problem id="fault-json-problem">{isJson.value ? null : 'This is not the JSON of a fault yet.'}</Problem>
    </div>
  );
}
