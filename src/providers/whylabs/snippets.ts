import type { Snippet } from '../../provider/snippets.ts';

/** How clients of WhyLabs are pointed at latchkey. A key names its organisation at its end. */
export const snippets: readonly Snippet[] = [
  {
    client: 'curl',
    language: 'shell',
    install: null,
    code: `key='{{secret}}'
curl -sS --fail-with-body -H "X-API-Key: $key" "{{base}}/v0/organizations/\${key#*:}/models"
`,
  },
  {
    client: 'fetch',
    language: 'javascript',
    install: null,
    code: `const key = '{{secret}}';
const [, organization] = key.split(':');
const answer = await fetch(\`{{base}}/v0/organizations/\${organization}/models\`, { headers: { 'X-API-Key': key } });
if (!answer.ok) throw new Error(\`\${answer.status} \${await answer.text()}\`);
console.log(await answer.json());
`,
  },
];
