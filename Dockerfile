# syntax=docker/dockerfile:1
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts scripts
COPY src src
COPY migrations migrations
# node_modules keeps only the packages that the bundle loads, and of the SQLite module only the binary for this platform and libc.
RUN npm ci --ignore-scripts --no-audit --no-fund \
 && node scripts/build.ts --no-types \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && cd node_modules/better-sqlite3 && rm -rf deps src binding.gyp \
 && libc=$(node -p "process.report.getReport().header.glibcVersionRuntime ? '' : 'musl'") \
 && find prebuilds -type f ! -name "linux$libc-$(node -p process.arch).node" -delete

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
# The only folder that latchkey writes to, and only if LATCHKEY_DB names a file in it. A latchkey.yaml here is read.
RUN mkdir /data && chown 1000:1000 /data
WORKDIR /data
# The user node, by number, because Kubernetes cannot tell from a name that it is not root.
USER 1000:1000
EXPOSE 5282 5283
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 CMD ["node", "/app/dist/cli.js", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/app/dist/cli.js"]
