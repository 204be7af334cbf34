import type { Snippet } from '../../provider/snippets.ts';

/** How clients of Karbon Platform Services are pointed at latchkey. */
export const snippets: readonly Snippet[] = [
  {
    client: 'curl',
    language: 'shell',
    install: null,
    code: `curl -sS --fail-with-body -H 'Authorization: Bearer {{secret}}' '{{base}}/v1.0/userapitokens'
`,
  },
  {
    client: 'fetch',
    language: 'javascript',
    install: null,
    code: `const answer = await fetch('{{base}}/v1.0/userapitokens', { headers: { Authorization: 'Bearer {{secret}}' } });
if (!answer.ok) throw new Error(\`\${answer.status} \${await answer.text()}\`);
console.log(await answer.json());
`,
  },
];
