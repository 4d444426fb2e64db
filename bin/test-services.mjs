import { startPostgres } from "./test-postgres.mjs";
import { startRedis } from "./test-redis.mjs";

/** The databases that tests run against, started when the first stage asks for them. */
export function createServices({ signal }) {
  let starting = null;
  const start = async () => {
    console.log("Starting PostgreSQL and Redis …");
    const outcomes = await Promise.allSettled([startPostgres({ signal }), startRedis()]);
    return {
      outcomes,
      started: outcomes.filter(({ status }) => status === "fulfilled").map(({ value }) => value),
    };
  };
  return {
    /** Resolves to what the tests find in their environment; rejects with the first service that is not to be had. */
    async environment() {
      starting ??= start();
      const { outcomes } = await starting;
      const failed = outcomes.find(({ status }) => status === "rejected");
      if (failed) throw failed.reason;
      const [postgres, redis] = outcomes.map(({ value }) => value);
      return { TEST_POSTGRES_URL: postgres.url, TEST_REDIS_URL: redis.url };
    },
    async stop() {
      const { started } = (await starting) ?? { started: [] };
      await Promise.all(started.map((service) => service.stop()));
    },
  };
}
