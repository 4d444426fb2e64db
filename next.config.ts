import type { NextConfig } from "next";

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
  {
    key: "Content-Security-Policy",
    value: "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  },
];

/** What people have given us, and a browser may be sent to: nothing in it runs. Set here, because what a route sets is replaced. */
const inertHeaders = [{ key: "Content-Security-Policy", value: "default-src 'none'; sandbox" }];

const config: NextConfig = {
  poweredByHeader: false,
  // A token stream does not shrink under gzip and pays for it three times over.
  compress: false,
  // `npm test` checks the types, tests included; a build must not wait for them again.
  typescript: { ignoreBuildErrors: true },
  // What the browser does not need: models are asked by the server, and every answer is parsed where it leaves it.
  turbopack: {
    rules: {
      "*.ts": {
        condition: { all: ["browser", { path: /\blib\/api\/[\w-]+\.ts$/ }] },
        loaders: ["./bin/without-summaries.cjs"],
      },
    },
    resolveAlias: {
      "@ai-sdk/gateway": { browser: "./app/_client/left-out/ai-gateway.ts" },
      "eventsource-parser/stream": { browser: "./app/_client/left-out/event-source-parser.ts" },
      swr: { browser: "./app/_client/left-out/swr.ts" },
      zod: { browser: "./app/_client/left-out/zod.ts" },
      "zod/v4": { browser: "./app/_client/left-out/sdk-schemas.ts" },
      "zod/v4/core": { browser: "./app/_client/left-out/sdk-schemas.ts" },
      "zod/v4/mini": { browser: "./app/_client/left-out/sdk-schemas.ts" },
      "zod/v4/locales/en.js": { browser: "./app/_client/left-out/sdk-schemas.ts" },
    },
  },
  serverExternalPackages: ["@electric-sql/pglite", "postgres", "drizzle-orm", "pino", "ioredis"],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    { source: "/api/characters/:characterId/:file(avatar|export|lorebook)/:path*", headers: inertHeaders },
  ],
  outputFileTracingIncludes: { "/**": ["./db/migrations/**"] },
};

export default config;
