// oauth2-mock-server as its README shows it in a program.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { OAuth2Server } = await import(pathToFileURL(createRequire(process.env.PEERS).resolve('oauth2-mock-server')).href);

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');
console.log(`http://127.0.0.1:${server.address().port}`);
