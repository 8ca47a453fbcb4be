/**
 * `npm run test:queue`: the example of `examples/queue` applies 500 changes at 100 a second, with a Redis of its own and three
 * workers; some of these are killed, and Redis is restarted. `--seed N` has other ones killed. `--no-time` does not judge how
 * long it took. Without a redis-server on the PATH it says so, and fails only with `--required`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CHANGES } from "./account.ts";
import { type Figures, lead } from "./lead.ts";
import { RedisServer, redisVersion } from "./redis-server.ts";
import { type Example, example } from "./workers.ts";

const PER_SECOND = 100;

/** What the kills and the restart may cost. */
const MOST = 1.3;

/** A machine is too busy to judge by if a run takes longer than this without kills, or a process longer to start. */
const BUSY = 1.1;
const BUSY_START_SECONDS = 1.5;

const TRIES = 3;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    time: { type: "boolean", default: true },
    seed: { type: "string", default: "1" },
    required: { type: "boolean", default: false },
    install: { type: "boolean", default: true },
  },
});

const version = redisVersion();
if (version === undefined) {
  console.log(
    "test:queue: there is no redis-server on the PATH, so nothing was tested. Debian: apt-get install redis-server",
  );
  process.exit(values.required ? 1 : 0);
}

/** The root's compiler knows nothing of BullMQ. */
const COMPILER = fileURLToPath(new URL("../../node_modules/typescript-7/bin/tsc", import.meta.url));

if (values.install) {
  execFileSync("npm", ["ci", "--loglevel=error"], {
    cwd: example(""),
    stdio: "inherit",
  });
}

execFileSync(process.execPath, [COMPILER, "-p", fileURLToPath(new URL(".", import.meta.url))], {
  stdio: "inherit",
});

const allowed = CHANGES / PER_SECOND;

const say = (what: string, { seconds, takenOver, requests, startSeconds }: Figures) =>
  console.log(
    `${what}: ${seconds.toFixed(2)} s, ${(seconds / allowed).toFixed(2)} times what the limit allows; ` +
      `${requests} requests, ${takenOver} jobs taken over; a process starts in ${startSeconds.toFixed(1)} s`,
  );

/** The changes of the first second may start at once. Nothing makes a run shorter but a limit that does not hold. */
function checkLimit({ seconds }: Figures): void {
  if (seconds < allowed - 1) throw new Error(`The limit did not hold: ${seconds} s instead of ${allowed} s.`);
}

async function test(server: RedisServer, folder: string): Promise<void> {
  const settings = { server, folder, perSecond: PER_SECOND };
  for (let tried = 1; ; tried += 1) {
    const seed = Number(values.seed) + 1000 * (tried - 1);
    const troubled = await lead({ ...settings, seed });
    say(`3 workers, 3 kills, Redis restarted (seed ${seed})`, troubled);
    checkLimit(troubled);
    if (troubled.takenOver === 0) throw new Error("No job was taken over: nobody was killed in mid-request.");
    if (!values.time || troubled.seconds <= MOST * allowed) return;
    const control = await lead(settings);
    say("the same without kills and restart, since that took long", control);
    if (troubled.seconds <= MOST * control.seconds) return;
    const isSlow = [troubled, control].some(({ startSeconds }) => startSeconds > BUSY_START_SECONDS);
    if (isSlow || control.seconds > BUSY * allowed)
      return console.log("This machine is too busy to judge the time.");
    if (tried === TRIES) throw new Error(`That is more than ${MOST} times what the limit allows.`);
  }
}

const folder = mkdtempSync(join(tmpdir(), "ax-users-queue-"));
let server: RedisServer | undefined;
try {
  server = await RedisServer.start(folder);
  process.env["REDIS_URL"] = server.url;
  console.log(`redis-server ${version}; ${CHANGES} changes, ${PER_SECOND} a second`);
  await test(server, folder);
  console.log("Nobody was deleted twice, no email was sent twice, each change has one result.");
} catch (error) {
  console.error(error);
  console.error(readLog());
  process.exitCode = 1;
} finally {
  const { redis }: Example = await import(example("run.ts"));
  redis.disconnect();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}

function readLog(): string {
  try {
    return `What the workers said:\n${readFileSync(join(folder, "log"), "utf8").slice(-5000)}`;
  } catch {
    return "The workers said nothing.";
  }
}
