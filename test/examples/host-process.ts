/**
 * Runs scripts one after the other in this process, each as `node FILE` would: with its own arguments, environment and
 * exit code, and with modules of its own. `script-host.ts` starts it, and sends the scripts.
 */
import { registerHooks } from "node:module";
import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import { endOf, type Order } from "./order.ts";
import { SOURCES, urlOf } from "./run-script.ts";

const modules: Readonly<Record<string, string>> = SOURCES;
const sources = urlOf("src/");

// The package keeps a default client for each process, so that each script gets a package of its own.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(modules[specifier] ?? specifier, context);
    const query = context.parentURL?.match(/\?run=\d+$/)?.[0];
    return query && found.url.startsWith(sources) ? { ...found, url: found.url + query } : found;
  },
});

process.on("message", (order: Order) => void run(order));

async function run({ url, args, env, number }: Order): Promise<void> {
  const before = { ...process.env };
  Object.assign(process.env, env);
  process.argv.splice(1, Number.POSITIVE_INFINITY, url, ...args);
  process.exitCode = 0;
  try {
    await import(`${url}?run=${number}`);
  } catch (error) {
    process.stderr.write(`${inspect(error)}\n`);
    process.exitCode = 1;
  }
  // Node writes warnings one tick after they were emitted.
  await setImmediate();
  const end = endOf(number, process.exitCode);
  for (const name of Object.keys(env)) delete process.env[name];
  Object.assign(process.env, before);
  Reflect.deleteProperty(globalThis, Symbol.for("ax-users.prerelease"));
  process.removeAllListeners("SIGINT");
  process.exitCode = 0;
  process.stdout.write(end);
  process.stderr.write(end);
}
