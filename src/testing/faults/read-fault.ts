import type { SandboxResponse } from "../http/problems.ts";
import {
  complaint,
  requireKind,
  requireMembers,
  requireNumber,
  requireOneOf,
  requireWhole,
} from "../require.ts";
import type { Fault } from "../types.ts";
import { isText } from "../vocabulary.ts";
import { readFaultAnswer } from "./fault-response.ts";

/** A fault, checked and copied. */
export interface ArmedFault {
  matches(method: string, path: string): boolean;
  skip: number;
  times: number;
  /** Whether the request takes effect. */
  takesEffect: boolean;
  answer?: SandboxResponse;
  socket?: NonNullable<Fault["socket"]>;
}

const MEMBERS = ["method", "path", "skip", "times", "when", "status", "body", "headers", "socket"];
const SOCKETS = ["drop", "stall", "cut", "stall-body"] as const;

export function readFault(fault: Fault): ArmedFault {
  requireMembers("fault", fault, MEMBERS);
  const { skip = 0, times = 1, when = "before", socket } = fault;
  if (socket !== undefined) requireOneOf("fault.socket", socket, SOCKETS);
  requireOneOf("fault.when", when, ["before", "after"]);
  const answer = readFaultAnswer(fault);
  const cutsRealAnswer = !answer && (socket === "cut" || socket === "stall-body");
  return {
    matches: readMatch(fault),
    skip: requireWhole("fault.skip", skip, 0),
    times: readTimes(times),
    takesEffect: when === "after" || cutsRealAnswer,
    ...(answer && { answer }),
    ...(socket && { socket }),
  };
}

function readTimes(times: number): number {
  const isTimes = (value: number) => value >= 1 && (value === Infinity || Number.isSafeInteger(value));
  return requireNumber("fault.times", times, "a whole number of at least 1, or Infinity", isTimes);
}

function readMatch({ method, path }: Fault): ArmedFault["matches"] {
  if (method !== undefined) requireKind("fault.method", method, "a non-empty string", isText);
  const wanted = method?.toUpperCase();
  const matchesPath = path === undefined ? () => true : readPath(path);
  return (sentMethod, sentPath) =>
    (wanted === undefined || wanted === sentMethod) &&
    (matchesPath(sentPath) || matchesPath(decoded(sentPath)));
}

function readPath(path: string | RegExp): (path: string) => boolean {
  // Unlike `test`, `search` neither uses nor changes a RegExp's lastIndex.
  if (path instanceof RegExp) return (sent) => sent.search(path) >= 0;
  if (typeof path === "string" && /^\/[^?]*$/.test(path)) return (sent) => sent === path;
  throw new TypeError(
    complaint("fault.path", "a RegExp, or a path that begins with /, without a query", path),
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
