// Removes many users, with one result for each. Arguments: IDs and addresses, mixed.
import { ArizeClient } from "ax-users";

const targets = process.argv.slice(2);
const client = new ArizeClient();

const results = await client.users.bulkDelete({
  userIds: targets.filter((target) => !target.includes("@")),
  emails: targets.filter((target) => target.includes("@")),
  onProgress: ({ done, total, failed }) => console.log(`${done} of ${total}, ${failed} failed`),
});

for (const result of results) {
  const who = result.email ?? result.userId;
  if (result.status === "deleted") console.log(`deleted ${who} (${result.userId})`);
  else console.log(`${result.status} ${who}: ${result.error}`);
}

// Only failed results are worth a retry.
if (results.some(({ status }) => status === "failed")) process.exitCode = 1;
