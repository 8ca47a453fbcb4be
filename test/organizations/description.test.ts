import { ArizeClient } from "ax-users";
import { startSandbox } from "ax-users/testing";
import { expect, test } from "vitest";

test.each(["alpha", "current"] as const)(
  "a client whose first call clears a description is refused once at most (%s)",
  async (dialect) => {
    await using sandbox = await startSandbox({
      dialect,
      users: [{ id: "u1", email: "ada@example.com" }],
      organizations: [{ name: "Research", description: "Basic" }],
    });
    const { baseUrl, apiKey } = sandbox;
    const { organizations } = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false });
    const { description } = await organizations.update({ organization: "Research", description: null });
    expect(description).toBe("");
    const role = { type: "predefined", name: "member" } as const;
    await organizations.addUser({ organization: "Research", userId: "u1", role });
    expect(sandbox.requests.filter(({ status }) => status === 400)).toHaveLength(
      dialect === "current" ? 1 : 0,
    );
  },
);

test("clears and enums at the same time learn together", async () => {
  await using sandbox = await startSandbox({
    dialect: "current",
    organizations: Array.from({ length: 5 }, (_, index) => ({ id: `o${index}`, name: `Org ${index}` })),
  });
  const { baseUrl, apiKey } = sandbox;
  const { organizations, users } = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false });
  const role = { type: "predefined", name: "member" } as const;
  const ada = { name: "Ada", email: "ada@example.com", role, inviteMode: "email_link" } as const;
  const clears = sandbox
    .organizations()
    .map(({ id }) => organizations.update({ organizationId: id, description: null }));
  await Promise.all([...clears, users.create(ada)]);
  expect(sandbox.requests.filter(({ status }) => status === 400)).toHaveLength(1);
});
