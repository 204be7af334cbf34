/** The title of the page's tab: which latchkey, which world, and whether something was refused. */
export function titleOf(port: string, world: string, refused: number): string {
  const parts = ['latchkey', port === '' ? '' : `:${port}`, world === 'default' ? '' : `~${world}`];
  return [...parts, refused === 0 ? '' : `(${refused} refused)`].filter((part) => part !== '').join(' ');
}
