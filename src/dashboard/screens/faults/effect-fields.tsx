import { Field, Problem } from '../../parts/field.tsx';
import { partOf, withEffect, withEffectValue } from './draft.ts';
import type { Editing } from './editing.ts';
import type { EffectField } from './effects.ts';
import { choiceOf, effectChoices } from './effects.ts';

/** What happens to the requests: one of the ways, and its field. */
export function EffectFields({ draft, problems, change }: Editing) {
  const shown = choiceOf(partOf(draft.value, 'effect'));
  const problem = problems.value['effect'];
  const field = shown?.choice.field;
  return (
    <fieldset>
      <legend>What it does</legend>
      {effectChoices.map(({ kind, label, field: own }) => (
        <label key={kind} class="choice">
          <input
            type="radio"
            name="fault-effect"
            value={kind}
            checked={shown?.choice.kind === kind}
            onChange={() => change(withEffect(draft.value, kind, own?.initial ?? ''))}
          />
          {label}
        </label>
      ))}
      {shown !== undefined && field !== undefined ? (
        <Field id="fault-value" label={field.label} problem={problem}>
          <Value
            field={field}
            value={shown.value}
            onChange={(value) => change(withEffectValue(draft.value, shown.choice.kind, value))}
          />
        </Field>
      ) : (
        <Problem id="fault-effect-problem">{problem}</Problem>
      )}
    </fieldset>
  );
}

interface ValueProps {
  readonly field: EffectField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Value({ field: { type }, value, onChange }: ValueProps) {
  if (typeof type === 'string')
    return (
      <input
        id="fault-value"
        inputMode={type === 'number' ? 'numeric' : 'text'}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  return (
    <select id="fault-value" value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      {type.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}
