/** Shows the whole life of a user against a sandbox on this machine, and checks what it shows: `npm run demo`. */
import { runDemo } from "./demo-steps.ts";

// A reader that has seen enough (`npm run demo | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await runDemo({ write: (text) => process.stdout.write(text), isTTY: process.stdout.isTTY === true });
} catch (error) {
  console.error(`The demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
