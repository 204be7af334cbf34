// Fastify alone.
import fastify from 'fastify';

const app = fastify();
app.get('/', (_request, reply) => reply.type('application/json').send('{"hello":"world"}'));
console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
