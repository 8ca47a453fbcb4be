/** What the examples on users and organizations must have printed or done. */
import { expect } from "vitest";
import { ADA, type Expected } from "./account.ts";

export const USER_PAGES: Expected = {
  index: {
    "# ax-users, 1": (output, { mails }) => {
      expect(output).toBe("created");
      expect(mails).toMatchObject([{ to: "jane.smith@example.com", kind: "invitation" }]);
    },
  },
  "quick-start": {
    "List users, 1": (output) => expect(output).toBe("invited@example.com was invited on Mon Jan 01 2024"),
    "Invite a user, 1": (output, { mails }) => {
      expect(output).toMatch(/^\S+ created$/);
      expect(mails).toHaveLength(1);
    },
  },
  list: {
    "Iterate over all users, 1": (output, { requests }) => {
      expect(JSON.parse(output)).toEqual({ active: 152, invited: 1, expired: 1 });
      expect(requests).toHaveLength(2);
    },
    "Filter, 1": (output) => expect(output).toBe("invited@example.com invited\nexpired@example.com expired"),
    "Read a page at a time, 1": (output) => expect(output).toBe("100 true\n54"),
    "Read a page at a time, 2": (output, { requests }) => {
      expect(output.split("\n")).toHaveLength(10);
      expect(requests).toHaveLength(1);
    },
    "Read a page at a time, 3": (output) => expect(output).toBe("54"),
    "Read an array, 1": (output) => expect(output).toBe("154"),
  },
  "look-up": {
    "One address, 1": (output) => expect(output).toBe(ADA),
    "One address, 2": (output) => expect(output).toBe("Ada Lovelace"),
    "Many addresses, 1": (output) =>
      expect(output).toBe(
        "ada@example.com active\ngrace@example.com active\nnobody@example.com no such user",
      ),
  },
  invite: {
    "Choose an invite mode, 1": (output, { mails }) => {
      expect(output).toBe("invited created");
      expect(mails.map(({ to }) => to)).toEqual(["jane.smith@example.com"]);
    },
    "Read the outcome, 1": (output, { mails }) => {
      expect(output).toBe("ada@example.com exists, but as member");
      expect(mails).toEqual([]);
    },
    "Treat an existing user as an error, 1": (output) => expect(output).toBe("the user exists: active"),
    "Get a temporary password, 1": (output, { mails }) => {
      expect(output).toBe("false string");
      expect(mails).toEqual([]);
    },
    "Set the developer permission, 1": (output, sandbox) => {
      expect(output).toMatch(/^\S+ false$/);
      expect(sandbox.users().at(-1)).toMatchObject({ email: "joan@example.com", isDeveloper: false });
    },
  },
  "invite-many": {
    "Invite the users of a table, 1": (output, sandbox) => {
      const [first, second, third] = output.split("\n");
      expect([first, second]).toEqual(["existing: ada@example.com", "created: katherine@example.com"]);
      expect(third).toMatch(/^failed: nobody: users\.createMany: users\[2\]\.email must be an email address/);
      expect(sandbox.users().at(-1)).toMatchObject({ role: { name: "annotator" }, isDeveloper: false });
    },
    "Check the table first, 1": (output) => expect(output).toBe("not an address: nobody\nnot a role: owner"),
    "Run it again, 1": (output) => expect(output).toBe("existing, created"),
    "Hand out passwords, 1": (output) =>
      expect(output).toMatch(/^alan@\S+ gets a password of \d+ characters$/),
    "Keep each result as it comes, 1": (output) => expect(output).toBe("barbara@example.com created string"),
  },
  onboard: {
    "In TypeScript, 1": (output, { mails }) => {
      expect(output).toBe("alan@example.com done\nbarbara@example.com done");
      expect(mails).toHaveLength(2);
    },
  },
  "off-board": {
    "In TypeScript, 1": (output, sandbox) => {
      expect(output).toMatch(/^2 people leave\n[\s\S]*\ntrue$/);
      expect(sandbox.removedUsers().map(({ email }) => email)).toEqual(
        expect.arrayContaining(["ada@example.com", "grace@example.com"]),
      );
    },
  },
  "nightly-sync": {
    "In TypeScript, 1": (output, sandbox) => {
      expect(output).toMatch(/^max_removals 1\d\d$/);
      expect(sandbox.requests.every(({ method }) => method === "GET")).toBe(true);
    },
  },
  update: {
    "Change a name, 1": (output) => expect(output).toBe("Ada King"),
    "Change the developer permission, 1": (output, sandbox) => {
      expect(output).toBe("false");
      expect(sandbox.users()[0]).toMatchObject({ isDeveloper: false });
    },
    "Update many users, 1": (output, sandbox) => {
      expect(output).toMatch(/^updated Ada King\nupdated Grace Hopper\nnot_found no user has this ID/);
      expect(sandbox.requests.filter(({ method }) => method === "PATCH")).toHaveLength(3);
    },
  },
  remove: {
    "Remove one user, 1": (output, sandbox) => {
      expect(output).toBe("null");
      expect(sandbox.removedUsers().map(({ email }) => email)).toContain("ada@example.com");
    },
    "Preview, then remove, 1": (output, sandbox) => {
      expect(output).toBe("grace@example.com Grace Hopper\nnobody@example.com no such user");
      expect(sandbox.requests.every(({ method }) => method === "GET")).toBe(true);
    },
    "Remove many users, 1": (output, sandbox) => {
      expect(output).toBe(
        "1 of 3\n2 of 3\n3 of 3\ndeleted ADA@example.com\ndeleted grace@example.com\nnot_found nobody@example.com",
      );
      expect(sandbox.requests.filter(({ method }) => method === "DELETE")).toHaveLength(2);
    },
    "Handle failures, 1": (output, sandbox) => {
      expect(output).toMatch(
        /^not an address was not removed: users\.bulkDelete: emails\[1\] must be an email/,
      );
      expect(sandbox.removedUsers().map(({ email }) => email)).toContain("grace@example.com");
    },
  },
  mails: {
    "# Resend an invitation, reset a password, 1": (_, { mails }) =>
      expect(mails).toMatchObject([{ to: "invited@example.com", kind: "invitation" }]),
    "# Resend an invitation, reset a password, 2": (_, { mails }) =>
      expect(mails).toMatchObject([{ to: "ada@example.com", kind: "password_reset" }]),
    "Remind all invited users, 1": (output, { mails }) => {
      expect(output).toBe("reminded invited@example.com");
      expect(mails).toHaveLength(1);
    },
  },
  organizations: {
    "Find an organization, 1": (output) => expect(output).toBe("Data Ops true"),
    "List organizations, 1": (output) => expect(output).toBe("Data Ops 2024\nData Science 2024"),
    "Create an organization, 1": (output, sandbox) => {
      expect(output).toBe("Sales Research");
      expect(sandbox.organizations()).toHaveLength(4);
    },
    "Rename or describe, 1": (output, sandbox) => {
      expect(output).toBe("true");
      expect(sandbox.organizations()[0]).toMatchObject({ name: "Data Operations", description: "" });
    },
    "Delete an organization, 1": (_, sandbox) =>
      expect(sandbox.organizations().map(({ name }) => name)).toEqual(["Data Ops", "Sales"]),
  },
  members: {
    "Add a member, or change a role, 1": (output, sandbox) => {
      expect(output).toBe(`${ADA} {"type":"predefined","name":"read-only"}`);
      expect(sandbox.organizations()[0]?.members).toMatchObject([
        { userId: ADA, role: { name: "read-only" } },
      ]);
    },
    "Remove a member, 1": (_, sandbox) => {
      expect(sandbox.organizations()[2]?.members).toEqual([]);
      expect(sandbox.users().map(({ id }) => id)).toContain("grace");
    },
    "Many members at once, 1": (output, sandbox) => {
      expect(output).toBe(
        "ada@example.com added\ngrace@example.com added\nnobody@example.com not_found\n" +
          "grace@example.com removed\nada@example.com not_found",
      );
      const members = sandbox.organizations().map(({ members }) => members.map(({ userId }) => userId));
      expect(members).toEqual([[ADA, "grace"], [], []]);
    },
    "Onboard somebody, 1": (output, sandbox) => {
      expect(output).toBe("created");
      const { id } = sandbox.users().at(-1) ?? {};
      const joined = sandbox
        .organizations()
        .filter(({ members }) => members.some(({ userId }) => userId === id));
      expect(joined.map(({ name }) => name)).toEqual(["Data Ops", "Sales"]);
    },
  },
};
