import type { Snippet } from '../../provider/snippets.ts';

/** How clients of Estuary are pointed at latchkey. */
export const snippets: readonly Snippet[] = [
  {
    client: 'curl',
    language: 'shell',
    install: null,
    code: `curl -sS --fail-with-body -H 'Authorization: Bearer {{secret}}' '{{base}}/viewer'
`,
  },
  {
    client: 'estuary-client',
    language: 'javascript',
    install: 'npm install estuary-client',
    code: `import estuary from 'estuary-client';

const client = new estuary.ApiClient();
client.basePath = '{{base}}';
client.authentications.bearerAuth.apiKey = '{{secret}}';
client.authentications.bearerAuth.apiKeyPrefix = 'Bearer';

new estuary.UserApi(client).userApiKeysGet((error, keys) => {
  if (error) throw error;
  console.log(keys.length, 'keys');
});
`,
  },
];
