// Blocks that another part of the gate executes, because they need a checkout, or programs that are installed on the machine.
import assert from 'node:assert/strict';

/** `code` is the whole text of a block, which its page has exactly once. */
const elsewhere = [
  {
    page: 'README.md',
    by: '.ci/walks.mjs, with each Node.js',
    code: `npm ci && npm start     # from a checkout: any Node.js from 20 on, since it brings its own runtime
npx latchkey --help     # the command, in the checkout too
npm test                # a minute and a half on two cores
`,
  },
  ...['npm ci\n', '(cd ~/latchkey && npm ci && npm pack --pack-destination ~)\nnpm i -D ~/latchkey-*.tgz\n'].map((first) => ({
    page: 'docs/getting-started.md',
    by: '.ci/walks.mjs, with each Node.js',
    code: `${first}npx latchkey &
npx latchkey wait
curl -s http://localhost:5282/_latchkey/health
# {"status":"ok","version":"…",…
`,
  })),
  {
    page: 'examples/forward-auth/README.md',
    by: '.ci/nginx, on free ports and without sudo',
    code: `latchkey &
python3 -m http.server 8080 &
sudo nginx -c "$PWD/examples/forward-auth/nginx.conf"
curl -i localhost:8000/                                                                                            # 401
curl -i localhost:8000/ -H 'Authorization: ApiKey member0LatchkeySeed000000000000000000000000000000000000000000000' # 200
`,
  },
  ...Object.entries({
    pytest: `latchkey exec -- pytest        # one latchkey for all processes of pytest-xdist
pytest                         # each process starts one, with npx
`,
    go: `latchkey exec -- go test -count=1 ./...
`,
    java: `javac -d classes Latchkey.java KeysTest.java
latchkey exec -- java -cp classes KeysTest
`,
  }).map(([folder, code]) => ({ page: `examples/${folder}/README.md`, by: '.ci/recipes', code })),
];

export function isElsewhere(page, { code }) {
  return elsewhere.some((one) => one.page === page && one.code === code);
}

/** Throws if a page does not have such a block exactly once. */
export function checkElsewhere(pages) {
  for (const { page, code } of elsewhere) {
    const blocks = pages.find(({ name }) => name === page)?.blocks.filter((block) => block.code === code);
    assert.equal(blocks?.length, 1, `${page} should have this block exactly once:\n${code}`);
  }
}
