/**
 * The vendor's own types of requests and responses, as `@arizeai/ax-client` 1.28.0 has them generated, beside ours in the
 * spelling of the current dialect: field by field the same, but for what the list below names. The compiler is the test:
 * a difference that is not in the list does not compile, nor does an entry without a difference.
 * On `is_developer` of a create they agree, since 1.28.0 is of August: the hosted API dropped it in September.
 */

import type * as ours from "../../generated/types.gen.ts";
import type { operations } from "../../node_modules/ax-client-current/dist/src/__generated__/api/v2.d.ts";

/** Where the two differ, and why. */
export const DIFFERENCES = {
  "get_user.403": "the alpha API responded with 403 where that of today responds with 404",
  "get_organization.403": "the alpha API responded with 403 where that of today responds with 404",
  "resend_user_invitation.202": "the alpha API responded with 202 until 2026-05-12",
  "reset_user_password.202": "the client accepts 202 for both operations that send an email",
  "update_organization.body.description":
    "null clears it since 2026-08-04: the spec is that of before, and the client sends null where it has to",
} satisfies Record<Found, string>;

// @ts-expect-error: a difference without an entry
({ "get_user.403": DIFFERENCES["get_user.403"] }) satisfies Record<Found, string>;
// @ts-expect-error: an entry without a difference
({ ...DIFFERENCES, "get_user.404": "" }) satisfies Record<Found, string>;

/** By the vendor's operation IDs. */
interface Ours {
  list_users: Operation<ours.UsersListData, ours.UsersListResponses, ours.UsersListErrors>;
  create_user: Operation<ours.UsersCreateData, ours.UsersCreateResponses, ours.UsersCreateErrors>;
  get_user: Operation<ours.UsersGetData, ours.UsersGetResponses, ours.UsersGetErrors>;
  update_user: Operation<ours.UsersUpdateData, ours.UsersUpdateResponses, ours.UsersUpdateErrors>;
  delete_user: Operation<ours.UsersDeleteData, ours.UsersDeleteResponses, ours.UsersDeleteErrors>;
  resend_user_invitation: Operation<
    ours.UsersResendInvitationData,
    ours.UsersResendInvitationResponses,
    ours.UsersResendInvitationErrors
  >;
  reset_user_password: Operation<
    ours.UsersPasswordResetData,
    ours.UsersPasswordResetResponses,
    ours.UsersPasswordResetErrors
  >;
  list_organizations: Operation<
    ours.OrganizationsListData,
    ours.OrganizationsListResponses,
    ours.OrganizationsListErrors
  >;
  create_organization: Operation<
    ours.OrganizationsCreateData,
    ours.OrganizationsCreateResponses,
    ours.OrganizationsCreateErrors
  >;
  get_organization: Operation<
    ours.OrganizationsGetData,
    ours.OrganizationsGetResponses,
    ours.OrganizationsGetErrors
  >;
  update_organization: Operation<
    ours.OrganizationsUpdateData,
    ours.OrganizationsUpdateResponses,
    ours.OrganizationsUpdateErrors
  >;
  delete_organization: Operation<
    ours.OrganizationsDeleteData,
    ours.OrganizationsDeleteResponses,
    ours.OrganizationsDeleteErrors
  >;
  add_organization_user: Operation<
    ours.OrganizationsAddUserData,
    ours.OrganizationsAddUserResponses,
    ours.OrganizationsAddUserErrors
  >;
  remove_organization_user: Operation<
    ours.OrganizationsRemoveUserData,
    ours.OrganizationsRemoveUserResponses,
    ours.OrganizationsRemoveUserErrors
  >;
}

type Theirs = { [Id in keyof Ours]: TheirOperation<operations[Id]> };

/** An operation of hey-api's: its parameters, its body, and the body of each status. */
type Operation<Data, Responses, Errors> = Current<
  Parts<Data, "query"> & Parts<Data, "path"> & Parts<Data, "body"> & Bodies<Responses> & Bodies<Errors>
>;

/** A part of a request, unless there is none. */
type Parts<Data, Name extends string> = Data extends { [Key in Name]?: infer Part }
  ? [Part] extends [undefined]
    ? unknown
    : { [Key in Name]: NonNullable<Part> }
  : unknown;

/** One without a body is null. */
type Bodies<Responses> = {
  [Status in keyof Responses]: Responses[Status] extends object ? Responses[Status] : null;
};

/** An operation of openapi-typescript's, in the same form. */
type TheirOperation<One> = One extends { parameters: infer Parameters; responses: infer Responses }
  ? Plain<
      Parts<Parameters, "query"> &
        Parts<Parameters, "path"> &
        TheirBody<One> & {
          [Status in keyof Responses]: Responses[Status] extends { content: infer Content }
            ? Content[keyof Content]
            : null;
        }
    >
  : never;

type TheirBody<One> = One extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : unknown;

/** Without `readonly`, and each intersection as one type. */
type Plain<T> = T extends object ? { -readonly [Key in keyof T]: Plain<T[Key]> } : T;

/** In the spelling of the current dialect. */
type Current<T> = T extends string
  ? string extends T
    ? T
    : Spelled<Uppercase<T>>
  : T extends object
    ? { [Key in keyof T]: Current<T[Key]> }
    : T;

type Spelled<T extends string> = T extends `${infer Head}-${infer Tail}` ? `${Head}_${Spelled<Tail>}` : T;

type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The places where two types differ, as `create_user.body.name`. */
type Differences<A, B, Place extends string> =
  IsSame<A, B> extends true
    ? never
    : [A, B] extends [readonly (infer One)[], readonly (infer Other)[]]
      ? Differences<One, Other, `${Place}[]`>
      : [A, B] extends [{ type: infer Tag }, { type: infer OtherTag }]
        ? VariantDifferences<A, B, Extract<Tag | OtherTag, string>, Place>
        : [A, B] extends [object, object]
          ? FieldDifferences<A, B, Place>
          : Place;

type VariantDifferences<A, B, Tag extends string, Place extends string> = Tag extends string
  ? FieldDifferences<Extract<A, { type: Tag }>, Extract<B, { type: Tag }>, `${Place}<${Tag}>`>
  : never;

type FieldDifferences<A, B, Place extends string> = {
  [Key in (keyof A | keyof B) & (string | number)]: Key extends keyof A & keyof B
    ? IsSame<IsOptional<A, Key>, IsOptional<B, Key>> extends true
      ? Differences<Exclude<A[Key], undefined>, Exclude<B[Key], undefined>, `${Place}.${Key}`>
      : `${Place}.${Key}`
    : `${Place}.${Key}`;
}[(keyof A | keyof B) & (string | number)];

type IsOptional<T, Key extends keyof T> = Record<never, never> extends Pick<T, Key> ? true : false;

type Found = { [Id in keyof Ours]: Differences<Theirs[Id], Ours[Id], Id> }[keyof Ours];
