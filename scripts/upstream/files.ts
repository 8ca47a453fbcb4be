import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const inRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const root = inRoot("");
export const UPSTREAM = inRoot("openapi/upstream.yaml");
export const OVERLAY = inRoot("openapi/overlay.yaml");
export const SPEC = inRoot("openapi/arize-users.yaml");

export const read = (file: string): Promise<string> => readFile(file, "utf8");
