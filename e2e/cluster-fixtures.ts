import { type Cluster, type ClusterOptions, createCluster } from "./cluster";
import { test as base, expect } from "./fixtures";

export { expect };

interface WorkerFixtures {
  /** Two servers on PostgreSQL, shared by the tests of a worker. Who kills makes a cluster of their own. */
  postgresCluster: Cluster;
  /** The same with Redis in front. */
  redisCluster: Cluster;
}

interface TestFixtures {
  /** Makes clusters that end with the test. */
  createOwnCluster: (options?: ClusterOptions) => Promise<Cluster>;
}

const startMsMax = 90_000;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  postgresCluster: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const cluster = await createCluster();
      await use(cluster);
      await cluster.dispose();
    },
    { scope: "worker", timeout: startMsMax },
  ],

  redisCluster: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const cluster = await createCluster({ redis: true });
      await use(cluster);
      await cluster.dispose();
    },
    { scope: "worker", timeout: startMsMax },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above
  createOwnCluster: async ({}, use) => {
    const clusters: Cluster[] = [];
    await use(async (options) => {
      const cluster = await createCluster(options);
      clusters.push(cluster);
      return cluster;
    });
    await Promise.all(clusters.map((cluster) => cluster.dispose()));
  },
});

/** Registers the tests of `suite` once for each engine that several servers can share. */
export function onEachEngine(suite: (engine: { test: ClusterTest; redis: boolean }) => void): void {
  test.describe("PostgreSQL", () => suite({ test: onPostgres, redis: false }));
  test.describe("PostgreSQL and Redis", () => suite({ test: onRedis, redis: true }));
}

type ClusterTest = typeof onPostgres;

interface ClusterFixture {
  /** Two servers that other tests use as well. */
  cluster: Cluster;
}

const onPostgres = test.extend<ClusterFixture>({
  cluster: ({ postgresCluster }, use) => use(postgresCluster),
});

const onRedis = test.extend<ClusterFixture>({ cluster: ({ redisCluster }, use) => use(redisCluster) });
