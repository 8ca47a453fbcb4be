/**
 * A run whose journal and passwords are on a disk that gets full: a small file system, where it may be mounted, and a limit on
 * the size of files, which also refuses half a line. Also a password of `create` that cannot be stored.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "ax-users/roster";
import { expect, onTestFinished, test, vi } from "vitest";
import { environment, finished, nodeArguments } from "../examples/run-script.ts";
import { CHANGES, MAIN, openPlan, USERS } from "./open-plan.ts";
import { linesOf, openCli } from "./run-cli.ts";

const PAGE = 4096;
const BLOCK = 512;

interface Disk {
  readonly folder: string;
  /** The words before the command that put it on this disk. */
  readonly wrapper: readonly string[];
  readonly code: string;
  /** There is room for everything from now on. */
  makeRoom(): void;
}

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ax-users-disk-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file system with room for the first line of the journal and for so many pages, if any. */
function smallDisk(firstLine: number, pages: number): Disk {
  const folder = tempFolder();
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]);
  onTestFinished(() => void execFileSync("umount", [folder]));
  const { bavail, bsize } = statfsSync(folder);
  const ballast = join(folder, "ballast");
  const room = Math.max(0, Math.ceil(firstLine / PAGE) + pages) * PAGE;
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - room));
  return { folder, wrapper: [], code: "ENOSPC", makeRoom: () => rmSync(ballast) };
}

/** No file may have more than the first line of the journal and so many blocks. */
function limitedFiles(firstLine: number, blocks: number): Disk {
  const size = Math.ceil(firstLine / BLOCK) + blocks;
  const wrapper = ["sh", "-c", `ulimit -f ${size} && exec "$@"`, "sh"];
  return { folder: tempFolder(), wrapper, code: "EFBIG", makeRoom: () => {} };
}

const mayMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), "ax-users-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "tmpfs", folder], { stdio: "ignore" });
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
})();

const DISKS = [
  ...[-8, 0, 2, 5, 11].map((blocks) => ["files of limited size", blocks, limitedFiles] as const),
  // Two locks take a page each, and so do passwords.
  ...(mayMount ? [-9, -1, 1, 3] : []).map((pages) => ["a small disk", pages, smallDisk] as const),
];

async function openFullDisk(open: (firstLine: number, room: number) => Disk, room: number) {
  const opened = await openPlan();
  const { plan, env, sandbox } = opened;
  const text = readFileSync(plan, "utf8");
  const changes: Change[] = JSON.parse(text).changes;
  const firstLine = JSON.stringify({ type: "plan", plan: JSON.parse(text) }).length;
  const disk = open(firstLine, room);
  const journal = join(disk.folder, "journal.jsonl");
  const passwords = join(disk.folder, "passwords.jsonl");

  /** What the journal certainly has: half a line counts for nothing. */
  const entries = () => {
    const written = readIfThere(journal);
    return linesOf(written.slice(0, written.lastIndexOf("\n") + 1));
  };
  const nameOf = ({ kind, email }: Pick<Change, "kind" | "email">) => `${kind} ${email}`;
  const intents = () => {
    const ids = new Set(entries().flatMap(({ type, id }) => (type === "intent" ? [id] : [])));
    return new Set(changes.filter(({ id }) => ids.has(id)).map(nameOf));
  };
  /** The changes that were sent, each as often as it was. */
  const sent = () => {
    const emailOf = new Map([...USERS, ...sandbox.users()].map(({ id, email }) => [id, email]));
    return sandbox.requests.flatMap(({ method, path, body }) => {
      const { email, user_id } = Object(body);
      const id = decodeURIComponent(path.split("/").at(-1) ?? "");
      if (method === "PATCH") return [`update ${emailOf.get(id)}`];
      if (method === "DELETE") return [`delete ${emailOf.get(id)}`];
      if (method !== "POST") return [];
      return path.endsWith("/v2/users") ? [`create ${email}`] : [`ensure_member ${emailOf.get(user_id)}`];
    });
  };
  const start = (args: readonly string[]) => startOn(disk, args, env);
  const apply = ["apply", plan, "--confirm-removals", "4", "--journal", journal];
  return {
    ...opened,
    ...{ disk, journal, passwords, entries, intents, sent, start },
    apply: [...apply, "--passwords", passwords, "--json"],
    resume: ["resume", journal, "--confirm-removals", "4", "--json"],
  };
}

/** Runs the command on a disk. */
function startOn({ wrapper }: Disk, args: readonly string[], env: Readonly<Record<string, string>>) {
  const [command = "", ...rest] = [...wrapper, process.execPath, ...nodeArguments(MAIN, { args })];
  // What Node compiles is written as well.
  return finished(spawn(command, rest, { env: environment({ ...env, NODE_DISABLE_COMPILE_CACHE: "1" }) }));
}

/** What the account is like after a run that nothing happened to. */
async function undisturbed() {
  const { run, apply, state } = await openPlan();
  expect((await run(apply)).code).toBe(0);
  return state();
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

test.each(DISKS)(
  "%s with room for the plan and %i more: nothing is sent that is not in the journal, and resume does the rest",
  async (_, room, open) => {
    const run = await openFullDisk(open, room);
    const { disk, journal, entries, intents, sent } = run;
    const full = await run.start(run.apply);
    const isStarted = entries().length > 0;
    const isLost = linesOf(full.stdout).some(({ passwordLost }) => passwordLost);
    expect(full.stderr).toContain(`${disk.code}: `);
    if (isStarted) {
      expect(full.stderr).toContain(journal);
      expect(full.code).toBe(isLost ? 3 : 1);
      expect(full.stderr).toContain(`To continue: ax-users resume ${journal}`);
    } else {
      expect(full.stderr).toMatch(/(journal|passwords)\.jsonl(\.lock)? cannot be written: /);
      expect(full.code).toBe(2);
      expect(sent()).toEqual([]);
      const others = readdirSync(disk.folder).filter((name) => !["ballast", "journal.jsonl"].includes(name));
      expect(others).toEqual([]);
    }
    expect(sent().filter((change) => !intents().has(change))).toEqual([]);
    expect(sent().length).toBeLessThan(CHANGES);

    // Whoever resumes before there is room changes nothing about that.
    const again = await run.start(run.resume);
    expect(again.code).not.toBe(0);
    expect(sent().filter((change) => !intents().has(change))).toEqual([]);

    disk.makeRoom();
    const end = await run.run(isStarted ? run.resume : run.apply);
    const results = linesOf(end.stdout);
    expect(results.at(-1)).toMatchObject({ done: CHANGES });
    // A run reports a lost password once. The exit code of a later one still tells of it.
    const reported = [full, again, end].flatMap(({ stdout }) => linesOf(stdout));
    const lost = reported.filter(({ passwordLost }) => passwordLost).map(({ email }) => email);
    const unkept = [...new Set(lost)];
    expect(end.code).toBe(unkept.length > 0 ? 3 : 0);
    expect(run.state()).toEqual(await undisturbed());
    const once = sent().filter((change) => /^(create|delete) /.test(change));
    expect(new Set(once).size).toBe(once.length);
    const kept = linesOf(readIfThere(run.passwords)).map(({ email }) => email);
    expect([...kept, ...unkept].sort()).toEqual([0, 1, 2, 3].map((index) => `p${index}@example.com`));
  },
);

test("create says which password is lost, and what to do: 3", async () => {
  const { file, sandbox, run } = await openCli();
  const passwords = file("passwords.jsonl");
  const handle = await open(file("other"), "a");
  await handle.close();
  const prototype = Object.getPrototypeOf(handle);
  const { appendFile } = prototype;
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
    ...{ code: "ENOSPC", syscall: "write" },
  });
  // There is room for the file, but not for a line.
  vi.spyOn(prototype, "appendFile").mockImplementation(function (this: unknown, text: unknown) {
    return text === "" ? appendFile.call(this, text) : Promise.reject(full);
  });
  onTestFinished(() => void vi.restoreAllMocks());
  const argv = ["create", "--name", "N", "--email", "n@example.com", "--invite-mode", "temporary_password"];
  const { code, stdout, stderr } = await run([...argv, "--passwords", passwords, "--json"]);
  const message =
    `n@example.com was created, but the temporary password is lost: ${passwords} cannot be written: ` +
    "no space left on device (ENOSPC).\nEmail a link instead: ax-users resend-invitation n@example.com";
  expect({ code, stderr }).toEqual({ code: 3, stderr: `${message}\n` });
  expect(JSON.parse(stdout)).toEqual({ error: { name: "ArizeError", message, outcome: "unknown" } });
  expect(sandbox.users().map(({ email }) => email)).toEqual(["n@example.com"]);
  expect(await run(["resend-invitation", "n@example.com"])).toMatchObject({ code: 0 });
});
