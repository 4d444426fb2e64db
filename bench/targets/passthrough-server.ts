import { createServer } from "node:http";
import next from "next";

/** Serves the Next.js app in the folder given as argument on 127.0.0.1 at PORT, in this one process, as Parley is served. */
const [, , dir = "."] = process.argv;
const { PORT = "0" } = process.env;
const server = createServer();
const app = next({ dev: false, dir, hostname: "127.0.0.1", port: Number(PORT), httpServer: server });
await app.prepare();
const handle = app.getRequestHandler();
server.on("request", (request, response) => void handle(request, response));
server.listen({ host: "127.0.0.1", port: Number(PORT), backlog: 4096 });
process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => process.exit());
