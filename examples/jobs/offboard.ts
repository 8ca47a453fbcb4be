// Removes everybody in a file of addresses, after a preview. Arguments: the file and, to remove them, --yes. On Ctrl+C, it
// waits for the requests in flight, and reports each result.
import { readFileSync } from "node:fs";
import { ArizeClient } from "ax-users";

const [file = "", confirmation] = process.argv.slice(2);
const lines = readFileSync(file, "utf8").split("\n");
const emails = lines.map((line) => line.trim()).filter((line) => line !== "");
const client = new ArizeClient();

const ctrlC = new AbortController();
const { signal } = ctrlC;
process.once("SIGINT", () => ctrlC.abort(new Error("Ctrl+C")));

const found = await client.users.findByEmails(emails, { signal }).catch((error: unknown) => {
  console.log(`Nobody was removed: ${error}`);
  process.exit(1);
});
for (const email of emails) {
  const user = found.get(email);
  console.log(
    user ? `remove ${email}, ${user.name}, ${user.role.name ?? "custom role"}` : `no user: ${email}`,
  );
}

// Delete exactly the users of the preview, by ID: an address could belong to somebody else by now.
const byId = new Map([...found].map(([email, { id }]) => [id, email]));
if (confirmation === "--yes") {
  const results = await client.users.bulkDelete(
    {
      userIds: [...byId.keys()],
      onResult: (result) => {
        const who = byId.get(result.userId ?? "");
        if (result.status === "failed") console.log(`${who}: ${result.outcome}: ${result.error}`);
        else console.log(`${who}: ${result.status}`);
      },
    },
    { signal },
  );
  const count = (status: string) => results.filter((result) => result.status === status).length;
  console.log(`${count("deleted")} removed, ${count("not_found")} not found, ${count("failed")} left`);
  if (count("failed") > 0) process.exitCode = 1;
} else console.log(`${byId.size} users would be removed; run it again with --yes`);
