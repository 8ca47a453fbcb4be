import type { BulkUserDeletionResult } from "ax-users";
import type { Sandbox } from "ax-users/testing";
import { type Demo, nameOf, toUserId } from "./context.ts";

export async function removeMany({ client, sandbox, screen, expect }: Demo): Promise<void> {
  const { userIds, emails, failing } = chooseTargets(sandbox);
  const fault = { title: "Access forbidden", status: 403, detail: "The sandbox was told to reject this." };
  for (const id of failing) {
    sandbox.fail({ method: "DELETE", path: `/v2/users/${id}`, status: 403, body: fault, times: Infinity });
  }
  screen.call("client.users.bulkDelete({ userIds, emails, onProgress })");
  screen.text(
    `${userIds.length} IDs and ${emails.length} addresses: some are repeated, two do not exist, one is invalid, two will fail`,
  );
  const progress = screen.progress();
  const results = await client.users
    .bulkDelete({
      userIds,
      emails,
      onProgress: ({ done, total, deleted, notFound, failed }) =>
        progress.update(done, total, `${deleted} deleted, ${notFound} not found, ${failed} failed`),
    })
    .finally(() => progress.stop());
  const of = (status: BulkUserDeletionResult["status"]) => results.filter((one) => one.status === status);
  screen.table(
    ["status", "targets"],
    [
      ["deleted", String(of("deleted").length)],
      ["not found", String(of("not_found").length)],
      ["failed", String(of("failed").length)],
    ],
  );
  screen.text("");
  for (const result of results) {
    if (result.status === "deleted") continue;
    screen.item(result.status.replace("_", " ").padEnd(10), `${nameOf(result)}\n${result.error}`);
  }
  expect(results.length === 58, "63 targets refer to 58 users: one result for each user");
  expect(of("deleted").length === 53 && sandbox.removedUsers().length === 54, "53 users were deleted");
  expect(of("not_found").length === 2, "2 were not found, which is not a failure");
  expect(of("failed").length === 3, "3 failed, and the others were deleted");
}

/** 63 targets for 58 users. The server will reject two of the deletions. */
function chooseTargets(sandbox: Sandbox): { userIds: string[]; emails: string[]; failing: string[] } {
  const users = sandbox.users().slice(100, 155);
  const byId = users.slice(0, 30);
  const byEmail = users.slice(30).map(({ email }) => email);
  const userIds = [...byId.map(({ id }) => id), toUserId(99_999)];
  const namedByIdToo = byId.slice(0, 3).map(({ email }) => email.toUpperCase());
  const twice = byEmail.slice(0, 2).map((email) => ` ${email.toUpperCase()}`);
  const emails = [...byEmail, ...namedByIdToo, ...twice, "nobody@example.com", "not-an-address"];
  return { userIds, emails, failing: [users[10], users[40]].flatMap((user) => user?.id ?? []) };
}
