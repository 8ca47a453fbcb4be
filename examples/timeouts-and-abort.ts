// Limits the time of a call, and cancels it on Ctrl+C. Arguments: seconds (default: 5), then addresses to find.
import { ArizeClient, TimeoutError } from "ax-users";

const [seconds = "5", ...given] = process.argv.slice(2);
const emails = given.length > 0 ? given : ["ada@example.com", "grace@example.com"];
const client = new ArizeClient({ timeoutMs: 10_000 }); // for each attempt

const controller = new AbortController();
process.once("SIGINT", () => controller.abort("Ctrl+C"));

try {
  const users = await client.users.findByEmails(emails, {
    deadlineMs: Number(seconds) * 1_000, // for the whole call, with all its requests
    signal: controller.signal,
  });
  console.log(`${users.size} of ${emails.length} found`);
} catch (error) {
  if (error === controller.signal.reason) console.log(`ended by ${error}`);
  else if (error instanceof TimeoutError) console.log(`out of time: ${error.message}`);
  else throw error;
}
