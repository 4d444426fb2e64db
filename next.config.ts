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

const config: NextConfig = {
  poweredByHeader: false,
  // A token stream does not shrink under gzip and pays for it three times over.
  compress: false,
  // `npm test` checks the types, tests included; a build must not wait for them again.
  typescript: { ignoreBuildErrors: true },
  // The AI SDK brings what the browser does not need: models are asked by the server.
  turbopack: {
    resolveAlias: {
      "@ai-sdk/gateway": { browser: "./app/_client/left-out/ai-gateway.ts" },
    },
  },
  serverExternalPackages: ["@electric-sql/pglite", "postgres", "drizzle-orm", "pino", "ioredis"],
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
  outputFileTracingIncludes: { "/**": ["./db/migrations/**"] },
};

export default config;
