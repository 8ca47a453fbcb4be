import { asFields, compareBodies } from "./bodies.ts";
import { resolve } from "./document.ts";
import { type Both, type Finding, found, type Place, placeOf } from "./findings.ts";
import { type Json, toJson } from "./json.ts";
import { compareSchemas } from "./schemas.ts";
import { compareTexts } from "./texts.ts";

/** The answers of an operation by their statuses. */
type Answers = Readonly<Record<string, Json>>;

/** What is different between the answers of an operation. */
export function compareAnswers(
  documents: Both<Json>,
  entries: Both<Json>,
  operation: string,
): readonly Finding[] {
  const answers = {
    before: answersOf(documents.before, entries.before),
    after: answersOf(documents.after, entries.after),
  };
  const kept = Object.keys(answers.before).filter((status) => status in answers.after);
  return [
    ...compareStatuses(documents, answers, placeOf(operation, "operation")),
    ...kept.flatMap((status) => {
      const pair = { before: toJson(answers.before[status]), after: toJson(answers.after[status]) };
      return compareAnswer(documents, pair, operation, status);
    }),
  ];
}

function answersOf(document: Json, entry: Json): Answers {
  const responses = Object.entries(toJson(entry["responses"]));
  return Object.fromEntries(
    responses.map(([status, response]) => [status, resolve(document, response).part]),
  );
}

const isSuccess = (status: string): boolean => status.startsWith("2");

function compareAnswer(documents: Both<Json>, pair: Both<Json>, operation: string, status: string) {
  const use = isSuccess(status) ? "response" : "error";
  const headers = {
    before: asFields(headersOf(documents.before, pair.before)),
    after: asFields(headersOf(documents.after, pair.after)),
  };
  return [
    ...compareBodies(documents, pair, placeOf(operation, use)),
    ...compareSchemas(documents, headers, placeOf(operation, "header")),
    ...compareTexts(placeOf(operation, use, status), pair.before, pair.after),
  ];
}

function headersOf(document: Json, answer: Json): Json {
  const headers = Object.entries(toJson(answer["headers"]));
  return Object.fromEntries(headers.map(([name, header]) => [name, resolve(document, header).part]));
}

/** A success with a body that was not there before is new to callers, and so is the end of one. */
function compareStatuses(documents: Both<Json>, answers: Both<Answers>, place: Place): readonly Finding[] {
  const gone = Object.keys(answers.before).filter((status) => !(status in answers.after));
  const come = Object.keys(answers.after).filter((status) => !(status in answers.before));
  const isLike = (old: string, fresh: string): boolean =>
    isSuccess(old) && isSuccess(fresh) && saysTheSame(documents, answers.before[old], answers.after[fresh]);
  const [[old = "", ...otherGone], [fresh = "", ...otherCome]] = [gone, come];
  if (otherGone.length + otherCome.length === 0 && isLike(old, fresh)) {
    return [found("status-replaced", place, old, fresh)];
  }
  const isKept = (old: string) => Object.keys(answers.after).some((fresh) => isLike(old, fresh));
  const isKnown = (fresh: string) => Object.keys(answers.before).some((old) => isLike(old, fresh));
  return [
    ...gone.map((old) =>
      found(isSuccess(old) && !isKept(old) ? "answer-removed" : "status-removed", place, old),
    ),
    ...come.map((fresh) =>
      found(isSuccess(fresh) && !isKnown(fresh) ? "answer-added" : "status-added", place, "", fresh),
    ),
  ];
}

/** Whether two successes are one to callers, whatever their status. */
function saysTheSame(documents: Both<Json>, before: Json = {}, after: Json = {}): boolean {
  const differences = compareBodies(documents, { before, after }, placeOf("", "response"));
  return differences.every(({ kind }) => kind === "documentation" || kind === "example");
}
