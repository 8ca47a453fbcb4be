"""`python3 python.py STEPS`: makes the calls with `arize`, and prints a line of JSON for each."""

import json
import os
import re
import sys
from urllib.parse import urlsplit

from arize import ApiException, ArizeClient
from arize.organizations.types import CustomOrgRole, PredefinedOrgRole
from arize.users.types import CustomUserRole, PredefinedUserRole
from arize.utils.resolve import NotFoundError

METHODS = {
    "listUsers": ("users", "list"),
    "getUser": ("users", "get"),
    "createUser": ("users", "create"),
    "updateUser": ("users", "update"),
    "deleteUser": ("users", "delete"),
    "resendInvitation": ("users", "resend_invitation"),
    "resetPassword": ("users", "reset_password"),
    "bulkDeleteUsers": ("users", "bulk_delete"),
    "listOrganizations": ("organizations", "list"),
    "getOrganization": ("organizations", "get"),
    "createOrganization": ("organizations", "create"),
    "updateOrganization": ("organizations", "update"),
    "deleteOrganization": ("organizations", "delete"),
    "addOrganizationUser": ("organizations", "add_user"),
    "removeOrganizationUser": ("organizations", "remove_user"),
}

# The params that it does not have.
LACKED = {"createUser": "isDeveloper"}

ROLES = {
    "createUser": (PredefinedUserRole, CustomUserRole),
    "addOrganizationUser": (PredefinedOrgRole, CustomOrgRole),
}


def main() -> None:
    server = urlsplit(os.environ["PEER_BASE_URL"])
    client = ArizeClient(
        api_key=os.environ["PEER_API_KEY"],
        api_scheme=server.scheme,
        api_host=server.hostname,
        api_port=server.port,
    )
    with open(sys.argv[1], encoding="utf-8") as file:
        steps = json.load(file)
    next_cursor = None
    for step in steps:
        if step["params"].get("cursor") == "next page":
            step["params"]["cursor"] = next_cursor
        outcome = take(client, step["call"], step["params"])
        if isinstance(outcome.get("gave"), dict):
            next_cursor = outcome["gave"].get("pagination", {}).get("nextCursor")
        print(json.dumps({"step": step["title"], **outcome}))


def take(client: ArizeClient, call: str, params: dict) -> dict:
    lacked = LACKED.get(call)
    if lacked in params:
        return {"lacks": lacked}
    resource, method = METHODS[call]
    try:
        given = dict(spell(call, key, value) for key, value in params.items())
        return {"gave": plain(getattr(getattr(client, resource), method)(**given))}
    except ApiException as error:
        return refused(error, error.status)
    except NotFoundError as error:
        return refused(error, 404)
    except ValueError as error:
        return refused(error, "invalid")


def refused(error: Exception, status: object) -> dict:
    return {"refused": {"status": status, "message": str(error)}}


def spell(call: str, key: str, value: object) -> tuple[str, object]:
    """A param as `arize` takes it."""
    if key == "role":
        predefined, custom = ROLES[call]
        return key, custom(id=value["id"]) if "id" in value else predefined(name=upper(value["name"]))
    if key == "status":
        return key, [upper(status) for status in value]
    if key == "inviteMode":
        return "invite_mode", upper(value)
    if key == "description" and value == "" and call == "updateOrganization":
        return key, None
    if key == "userId" and call == "getUser":
        return "user", value
    if key == "organizationId":
        return "organization", value
    return re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), key), value


def upper(value: str) -> str:
    return value.upper().replace("-", "_")


def plain(value: object) -> object:
    """A result with the names of ours."""
    if value is None:
        return None
    if isinstance(value, list):
        return [plain(item) for item in value]
    fields = camel(json.loads(value.model_dump_json(exclude_none=True)))
    for items in ("users", "organizations"):
        if items in fields:
            fields["data"] = fields.pop(items)
    return fields


def camel(value: object) -> object:
    if isinstance(value, list):
        return [camel(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {re.sub("_([a-z])", lambda match: match[1].upper(), key): camel(item) for key, item in value.items()}


main()
