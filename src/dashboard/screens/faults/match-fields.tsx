import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { EmulatedProvider } from '../../../client/types.ts';
import { useActing } from '../../parts/act.ts';
import { Refusal } from '../../parts/controls.tsx';
import { Field } from '../../parts/field.tsx';
import { call } from '../../state/calls.ts';
import { fieldOf, partOf, withMatch } from './draft.ts';
import type { Editing } from './editing.ts';

/** Which requests the fault hits: those of a provider, or of one of its operations. */
export function MatchFields({ draft, problems, change }: Editing) {
  const providers = useSignal<readonly EmulatedProvider[]>([]);
  const loading = useActing();
  useEffect(() => {
    void loading.run(async () => {
      providers.value = (await call<{ readonly providers: readonly EmulatedProvider[] }>('GET', 'providers')).providers;
    });
  }, []);
  const match = partOf(draft.value, 'match');
  const [provider, operation] = [fieldOf(match, 'provider'), fieldOf(match, 'operation')];
  const chosen = providers.value.find(({ name }) => name === provider);
  const operations = [...(chosen?.operations ?? []), ...(chosen?.unimplemented ?? [])].map(({ id }) => id).toSorted();
  return (
    <>
      <Choice
        {...{ id: 'fault-provider', label: 'Provider', any: 'every provider', value: provider }}
        options={providers.value.map(({ name }) => name)}
        problem={problems.value['provider']}
        onChange={(value) => change(withMatch(draft.value, 'provider', value))}
      />
      <Choice
        {...{ id: 'fault-operation', label: 'Operation', any: 'every operation', value: operation }}
        options={operations}
        problem={problems.value['operation']}
        onChange={(value) => change(withMatch(draft.value, 'operation', value))}
      />
      <Refusal of={loading} />
    </>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  /** What no choice means. */
  readonly any: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}

function Choice({ id, label, any, value, options, problem, onChange }: ChoiceProps) {
  // What the JSON says stays chosen, though the list does not have it.
  const offered = value === '' || options.includes(value) ? options : [...options, value];
  return (
    <Field id={id} label={label} problem={problem}>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        <option value="">{any}</option>
        {offered.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </Field>
  );
}
