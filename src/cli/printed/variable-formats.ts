/** How a variable is set, by where its line is read. */
export const variableFormats = {
  /** `eval "$(…)"`, or `source` a file. */
  shell: (name: string, value: string) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  /** A `.env` file: what needs no quotes has none, because Docker does not take them off. */
  dotenv: (name: string, value: string) => `${name}=${/^[\w./:@%+,=~-]*$/.test(value) ? value : quoted(value)}`,
  /** The file that `GITHUB_ENV` names. */
  github: (name: string, value: string) =>
    /[\r\n]/.test(value) ? `${name}<<${endOf(value)}\n${value}\n${endOf(value)}` : `${name}=${value}`,
  powershell: (name: string, value: string) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
} as const satisfies Readonly<Record<string, (name: string, value: string) => string>>;

export type VariableFormat = keyof typeof variableFormats;

/** In the quotes that the value does not hold. */
function quoted(value: string): string {
  if (!value.includes("'")) return `'${value}'`;
  return value.includes('"') ? `\`${value}\`` : `"${value.replaceAll('\n', '\\n')}"`;
}

/** A line that the value does not hold. */
function endOf(value: string): string {
  let end = 'LATCHKEY_END';
  while (value.includes(end)) end += '_';
  return end;
}
