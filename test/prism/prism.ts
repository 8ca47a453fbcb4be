import { createRequire } from "node:module";
import type { Dialect } from "../testing/dialects.ts";
import { specs } from "./spec.ts";

/** A Prism in this process: what takes time is loading its parts, which a command of its own would do each time. */
export interface Prism extends AsyncDisposable {
  readonly baseUrl: string;
}

/** Answers from the examples of the spec, and refuses requests that break it. */
export const startMock = (dialect: Dialect): Promise<Prism> =>
  start(dialect, { isProxy: false, validateRequest: true, errors: false });

/**
 * Hands requests on as they are, and answers 500 in the place of an answer that breaks the spec.
 *
 * Requests are not held against the spec, so that the server's own refusals can be had.
 */
export const startProxy = (dialect: Dialect, upstream: string): Promise<Prism> =>
  start(dialect, { isProxy: true, upstream: new URL(upstream), validateRequest: false, errors: true });

/** The little of Prism's parts that its command is made of, and this is too. */
interface Parts {
  getHttpOperationsFromSpec(document: object): Promise<unknown[]>;
  createLogger(name: string, options: { enabled: boolean }): unknown;
  createServer(
    operations: unknown[],
    options: { cors: boolean; config: object; components: { logger: unknown } },
  ): { listen(port: number, host: string): Promise<string>; close(): Promise<void> };
}

/** They are the command's dependencies, and none of this package's own. */
const partsOf = createRequire(createRequire(import.meta.url).resolve("@stoplight/prism-cli/package.json"));
const { getHttpOperationsFromSpec }: Parts = partsOf("@stoplight/prism-http");
const { createLogger }: Parts = partsOf("@stoplight/prism-core");
const { createServer }: Parts = partsOf("@stoplight/prism-http-server");

async function start(dialect: Dialect, own: object): Promise<Prism> {
  const config = { ...own, validateResponse: true, checkSecurity: true, mock: { dynamic: false } };
  // It resolves the references of what it is given in place.
  const operations = await getHttpOperationsFromSpec(structuredClone(specs[dialect]));
  const logger = createLogger("prism", { enabled: false });
  const server = createServer(operations, { cors: false, config, components: { logger } });
  const baseUrl = await server.listen(0, "127.0.0.1");
  return { baseUrl, [Symbol.asyncDispose]: () => server.close() };
}
