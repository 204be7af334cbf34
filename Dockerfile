# syntax=docker/dockerfile:1
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts scripts
COPY src src
# One step, so that what only the build needs leaves no layer behind. Of the SQLite module only this platform's binary stays.
RUN npm ci --ignore-scripts --no-audit --no-fund \
 && node scripts/build.ts --no-types \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && cd node_modules/better-sqlite3 && rm -rf deps src binding.gyp \
 && find prebuilds -type f ! -name "*$(node -p process.platform)*-$(node -p process.arch).node" -delete

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="latchkey" \
      org.opencontainers.image.description="A fail-closed emulator of the API-key APIs of Estuary, Nutanix KPS, WhyLabs and Rockset" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production LATCHKEY_HOST=0.0.0.0
COPY package.json LICENSE SUPPORTED.md seed.schema.json /app/
COPY migrations /app/migrations
COPY openapi /app/openapi
COPY --from=build /app/dist /app/dist
COPY --from=build /app/node_modules /app/node_modules
# The one folder that it writes to, and only when LATCHKEY_DB names a file in it; a latchkey.yaml here is read.
RUN mkdir /data && chown node:node /data
WORKDIR /data
USER node
EXPOSE 5282
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 CMD ["node", "/app/dist/cli.js", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/app/dist/cli.js"]
