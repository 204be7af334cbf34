import { useId } from 'preact/hooks';
import type { Field } from '../state/form.ts';

interface FormFieldProps {
  readonly field: Field;
  readonly value: string;
  /** What the server refused of it. */
  readonly problem: string | undefined;
  set(value: string): void;
}

/** A field of a form, with what it means and what was wrong with it. */
export function FormField(props: FormFieldProps) {
  const id = useId();
  const { field, problem } = props;
  return (
    <div class="field">
      <label for={id}>
        {field.name}
        {field.isRequired ? ' (required)' : ''}
      </label>
      <Control {...props} id={id} />
      <small id={`${id}-about`}>{field.description.replaceAll('`', '')}</small>
      {problem !== undefined && (
        <p class="refusal" role="alert">
          {field.name} {problem}
        </p>
      )}
    </div>
  );
}

function Control({
  field: { kind, name, options, isRequired },
  value,
  problem,
  set,
  id,
}: FormFieldProps & { readonly id: string }) {
  const common = { id, value, required: isRequired, 'aria-describedby': `${id}-about`, 'aria-invalid': problem !== undefined };
  const choices = kind === 'yes or no' ? ['yes', 'no'] : options;
  if (kind === 'choice' || kind === 'yes or no')
    return (
      <select {...common} onChange={({ currentTarget }) => set(currentTarget.value)}>
        <option value="">–</option>
        {choices.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    );
  return (
    <input
      {...common}
      type={kind === 'number' ? 'number' : 'text'}
      list={name === 'owner' ? 'owners' : undefined}
      placeholder={kind === 'list' ? (options.length > 0 ? options.slice(0, 3).join(', ') : 'one, another') : undefined}
      onInput={({ currentTarget }) => set(currentTarget.value)}
    />
  );
}
