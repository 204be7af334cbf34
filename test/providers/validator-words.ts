/** What validators say, in any of their messages. */
export const validatorsWords =
  /must NOT|must be equal|must have required property|must match (?:pattern|format)|must be (?:string|number|integer|object|array|boolean|null)\b|instancePath|schemaPath|querystring[/ ]|body\/|params\//;

/** What only Fastify's own answers have. */
export const fastifysShape = /"statusCode":\d|"code":"FST_|FST_ERR|"error":"[A-Z][A-Za-z ]+","message"/;
