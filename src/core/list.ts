import type { InferOutput } from "valibot";
import { type RequestOptions, readRequestOptions } from "../options.ts";
import type { Core } from "./core.ts";
import type { Method } from "./method.ts";
import { type PageData, PagePromise } from "./pages.ts";
import { warnOnce } from "./prerelease.ts";
import { openScope, type Scope } from "./scope.ts";
import { type Exact, namesOf, type ParamsSchema, readParams, toRequest } from "./validate.ts";

/** A method that lists: what it takes, and how it gets one page. */
export interface ListMethod<Schema extends ParamsSchema, T> {
  readonly method: Method;
  readonly schema: Schema;
  load(core: Core, scope: Scope, query: Exact<InferOutput<Schema>>): Promise<PageData<T>>;
}

/** Runs one. The arguments are read now, and what is wrong with them is told to who asks for a page. */
export function runList<Schema extends ParamsSchema, T>(
  core: Core,
  { method: { name, key, uses }, schema, load }: ListMethod<Schema, T>,
  params: { readonly cursor?: string | undefined },
  options: RequestOptions | undefined,
): PagePromise<T> {
  warnOnce(core, key, uses);
  const given = settled(() => ({
    query: toRequest(name, schema, readParams(name, params, namesOf(schema))),
    options: readRequestOptions(name, options),
  }));
  return new PagePromise(async (cursor) => {
    const { query, options } = given();
    return load(core, openScope(core, name, options), { ...query, ...(cursor && { cursor }) });
  }, params?.cursor);
}

/** Makes a value now, and gives it or throws its failure each time it is asked for. */
function settled<T>(make: () => T): () => T {
  try {
    const value = make();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
