import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // A token stream does not shrink under gzip and pays for it three times over.
  compress: false,
  // `npm test` checks the types, tests included; a build must not wait for them again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@electric-sql/pglite", "postgres", "drizzle-orm", "pino"],
  outputFileTracingIncludes: { "/**": ["./db/migrations/**"] },
};

export default config;
