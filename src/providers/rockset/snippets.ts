import type { Snippet } from '../../provider/snippets.ts';

/** How clients of Rockset are pointed at latchkey. */
export const snippets: readonly Snippet[] = [
  {
    client: 'curl',
    language: 'shell',
    install: null,
    code: `curl -sS --fail-with-body -H 'Authorization: ApiKey {{secret}}' '{{base}}/v1/orgs/self'
`,
  },
  {
    client: '@rockset/client',
    language: 'javascript',
    install: 'npm install @rockset/client',
    code: `import rockset from '@rockset/client';

const client = rockset.default('{{secret}}', '{{base}}');
const { data } = await client.orgs.getOrganization();
console.log(data.id);
`,
  },
];
