import type { SandboxMember, SandboxOrganization } from "ax-users/testing";
import { expect } from "vitest";
import type { Account } from "./account.ts";
import { type SeedRun, yourUser } from "./run.ts";

const DATA_SCIENCE = btoa("Organization:10");

/** What becomes of Data Science, Pipelines of data and Old Data, and of Research, which is made. */
function outcome(account: Account): void {
  const [science, pipelines] = account.organizations;
  if (!science || !pipelines) throw new Error("The account has no organizations.");
  const member: SandboxMember = {
    userId: "your-user-id",
    role: { type: "predefined", name: "admin" },
    membershipId: expect.any(String),
  };
  const research: SandboxOrganization = {
    id: btoa("Organization:4"),
    name: "Basic Research",
    description: "",
    createdAt: expect.any(String),
    members: [],
  };
  account.organizations = [{ ...science, members: [member] }, pipelines, research];
}

export const PYTHON_ORGANIZATIONS: Record<string, SeedRun[]> = {
  "003-python-organizations.ts": [
    {
      users: [yourUser(), { id: "leaving-user-id", email: "leaving@example.com" }],
      organizations: [
        {
          id: DATA_SCIENCE,
          name: "Data Science",
          description: "Models",
          members: [{ userId: "leaving-user-id" }],
        },
        { id: "pipelines-id", name: "Pipelines of data" },
        { id: "old-id", name: "Old Data" },
      ],
      prints:
        `${DATA_SCIENCE} Data Science\npipelines-id Pipelines of data\n` +
        "true\n" +
        "Research Basic research true\n" +
        "Basic Research All of it\n" +
        '""\n' +
        "refused: organizations.update: name or description is required\n" +
        "your-user-id { type: 'predefined', name: 'read-only' }\n" +
        "true { type: 'predefined', name: 'admin' }\n" +
        `{"id":"${DATA_SCIENCE}","name":"Data Science","description":"Models","createdAt":"2024-01-01T00:00:00.000Z"}\n`,
      warns: ["list", "get", "create", "delete", "update", "add_user", "remove_user"].map(
        (method) => `organizations.${method}`,
      ),
      changes: [outcome],
    },
  ],
};
