// Removes everybody in a file of addresses, after a preview. Arguments: the file and, to remove them, --yes. On Ctrl+C, it
// waits for the requests in flight, and reports each result.
import { readFileSync } from "node:fs";
import { ArizeClient } from "ax-users";

const [file = "", confirmation] = process.argv.slice(2);
const emails = readFileSync(file, "utf8").trim().split(/\r?\n/);
const client = new ArizeClient();

const ctrlC = new AbortController();
process.once("SIGINT", () => ctrlC.abort(new Error("Ctrl+C")));

const found = await client.users.findByEmails(emails, { signal: ctrlC.signal });
for (const email of emails) {
  const user = found.get(email);
  console.log(
    user ? `remove ${email}, ${user.name}, ${user.role.name ?? "custom role"}` : `no user: ${email}`,
  );
}

if (confirmation === "--yes") {
  // Delete exactly the users of the preview, by ID: an address could belong to somebody else by now.
  const byId = new Map([...found].map(([email, { id }]) => [id, email]));
  const results = await client.users.bulkDelete(
    {
      userIds: [...byId.keys()],
      onResult: (result) => {
        const who = byId.get(result.userId ?? "");
        if (result.status === "failed") console.log(`${who}: ${result.outcome}: ${result.error}`);
        else console.log(`${who}: ${result.status}`);
      },
    },
    { signal: ctrlC.signal },
  );
  const left = results.filter(({ status }) => status === "failed");
  console.log(`${results.length - left.length} removed, ${left.length} left`);
  if (left.length > 0) process.exitCode = 1;
} else console.log(`${found.size} users would be removed; run it again with --yes`);
