/** What a person is told of a latchkey that errs on purpose, of which health says how: `accept-revoked@rockset`. */
export function warningOf(mutant: string): string {
  const [name = '', provider] = mutant.split('@');
  const [, accepted] = /^accept-(.+)$/.exec(name) ?? [];
  const does = accepted === undefined ? 'errs' : `accepts ${accepted.replaceAll('-', ' ')} keys`;
  const where = provider === undefined ? '' : ` ${accepted === undefined ? 'for' : 'of'} ${provider}`;
  return `This latchkey ${does}${where} on purpose (${name})`;
}
