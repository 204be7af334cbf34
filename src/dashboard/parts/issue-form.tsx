import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from '../state/calls.ts';
import { descriptionOf, type Field, fieldsOf, providersIn } from '../state/form.ts';
import { type Issued, takeIssued } from '../state/issuing.ts';
import { goTo } from '../state/route.ts';
import { loadSeeded, seeded } from '../state/secret-of.ts';
import { keys } from '../state/store.ts';
import { useActing } from './act.ts';
import { Action, Refusal } from './controls.tsx';
import { Dialog } from './dialog.tsx';
import { FormField } from './form-field.tsx';
import { NewSecret } from './new-secret.tsx';

/** Issues a key of any provider: its fields are those of a key in a seed. */
export function IssueForm({ close }: { readonly close: () => void }) {
  const [schema, provider] = [useSignal<unknown>(null), useSignal('')];
  const [given, issued] = [useSignal<Readonly<Record<string, string>>>({}), useSignal<Issued | null>(null)];
  const acting = useActing();
  useEffect(() => {
    void acting.run(async () => {
      const [read] = await Promise.all([call('GET', 'seed.schema.json'), loadSeeded()]);
      schema.value = read;
      provider.value = emulated(read)[0] ?? '';
    });
  }, []);
  const { fields } = fieldsOf(schema.value, provider.value);
  const issue = async () => {
    issued.value = await takeIssued(call<Issued>('POST', 'keys', descriptionOf(provider.value, fields, given.value)));
    goTo({ screen: 'overview', key: issued.value.key.id });
  };
  return (
    <Dialog title="Issue a key" close={close}>
      <ProviderChoice schema={schema.value} provider={provider} />
      <Owners provider={provider.value} />
      <Fields
        fields={fields}
        given={given.value}
        problems={acting.details.value}
        set={(change) => (given.value = { ...given.value, ...change })}
      />
      <Refusal of={acting} />
      <div class="line">
        <Action acting={acting} kind="first" run={issue}>
          Issue
        </Action>
      </div>
      {issued.value !== null && <NewSecret of={issued.value} />}
    </Dialog>
  );
}

/** The providers that this latchkey emulates: a schema knows all there are. */
function emulated(schema: unknown): readonly string[] {
  return providersIn(schema).filter((name) => Object.hasOwn(seeded.value, name));
}

interface FieldsProps {
  readonly fields: readonly Field[];
  readonly given: Readonly<Record<string, string>>;
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  set(change: Readonly<Record<string, string>>): void;
}

/** The fields that matter to most keys; the rest behind a button. */
function Fields({ fields, given, problems, set }: FieldsProps) {
  const isUsual = ({ name, isRequired }: Field) => isRequired || ['name', 'expiresIn'].includes(name);
  const shown = (field: Field) => (
    <FormField
      key={field.name}
      field={field}
      value={given[field.name] ?? ''}
      problem={problems.find(({ path }) => path === `/${field.name}` || path.startsWith(`/${field.name}/`))?.problem}
      set={(value) => set({ [field.name]: value })}
    />
  );
  return (
    <>
      {fields.filter(isUsual).map(shown)}
      <details open={problems.some(({ path }) => !fields.filter(isUsual).some(({ name }) => path === `/${name}`))}>
        <summary>More fields</summary>
        {fields.filter((field) => !isUsual(field)).map(shown)}
      </details>
    </>
  );
}

interface ProviderChoiceProps {
  readonly schema: unknown;
  readonly provider: Signal<string>;
}

function ProviderChoice({ schema, provider }: ProviderChoiceProps) {
  return (
    <label>
      provider{' '}
      <select value={provider.value} onChange={({ currentTarget }) => (provider.value = currentTarget.value)}>
        {emulated(schema).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

/** The owners of the keys that are there. */
function Owners({ provider }: { readonly provider: string }) {
  const owners = new Set([...keys.value.values()].filter((key) => key.provider === provider).map(({ owner }) => owner));
  return (
    <datalist id="owners">
      {[...owners].slice(0, 100).map((owner) => (
        <option key={owner} value={owner} />
      ))}
    </datalist>
  );
}
