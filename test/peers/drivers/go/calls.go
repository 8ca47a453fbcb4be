package main

import (
	"context"
	"strings"

	"github.com/Arize-ai/client-go-v2/arize"
	"github.com/Arize-ai/client-go-v2/arize/organizations"
	"github.com/Arize-ai/client-go-v2/arize/users"
)

// params are those of all calls.
type params struct {
	UserID         string   `json:"userId"`
	User           string   `json:"user"`
	Organization   string   `json:"organization"`
	OrganizationID string   `json:"organizationId"`
	Name           *string  `json:"name"`
	Description    *string  `json:"description"`
	Email          string   `json:"email"`
	Status         []string `json:"status"`
	Limit          int      `json:"limit"`
	Cursor         string   `json:"cursor"`
	InviteMode     string   `json:"inviteMode"`
	IsDeveloper    *bool    `json:"isDeveloper"`
	UserIDs        []string `json:"userIds"`
	Emails         []string `json:"emails"`
	Role           struct {
		Name string `json:"name"`
		ID   string `json:"id"`
	} `json:"role"`
}

func (given params) name() string {
	if given.Name == nil {
		return ""
	}
	return *given.Name
}

func (given params) description() string {
	if given.Description == nil {
		return ""
	}
	return *given.Description
}

// organization is an ID or a name, for which the SDK has one field.
func (given params) organization() string { return given.Organization + given.OrganizationID }

type call func(ctx context.Context, client *arize.Client, given params) (any, error)

var calls = map[string]call{
	"listUsers": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		request := users.ListRequest{Email: given.Email, Limit: given.Limit, Cursor: given.Cursor}
		for _, status := range given.Status {
			request.Status = append(request.Status, users.UserStatus(upper(status)))
		}
		found, err := client.Users.List(ctx, request)
		if err != nil {
			return nil, err
		}
		return toPage(found.Users, found.Pagination)
	},
	"getUser": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		user, err := client.Users.Get(ctx, users.GetRequest{User: given.User + given.UserID})
		return plain(user, err)
	},
	"createUser": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		user, err := client.Users.Create(ctx, users.CreateRequest{
			Name:        given.name(),
			Email:       given.Email,
			Role:        accountRole(given),
			InviteMode:  users.InviteMode(upper(given.InviteMode)),
			IsDeveloper: given.IsDeveloper,
		})
		return plain(user, err)
	},
	"updateUser": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		request := users.UpdateRequest{UserID: given.UserID, Name: given.Name, IsDeveloper: given.IsDeveloper}
		user, err := client.Users.Update(ctx, request)
		return plain(user, err)
	},
	"deleteUser": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		return nil, client.Users.Delete(ctx, users.DeleteRequest{UserID: given.UserID})
	},
	"resendInvitation": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		return nil, client.Users.ResendInvitation(ctx, users.ResendInvitationRequest{UserID: given.UserID})
	},
	"resetPassword": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		return nil, client.Users.ResetPassword(ctx, users.ResetPasswordRequest{UserID: given.UserID})
	},
	"bulkDeleteUsers": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		request := users.BulkDeleteRequest{UserIDs: given.UserIDs, Emails: given.Emails}
		results, err := client.Users.BulkDelete(ctx, request)
		return toRows(results), err
	},
	"listOrganizations": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		request := organizations.ListRequest{Name: given.name(), Limit: given.Limit, Cursor: given.Cursor}
		found, err := client.Organizations.List(ctx, request)
		if err != nil {
			return nil, err
		}
		return toPage(found.Organizations, found.Pagination)
	},
	"getOrganization": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		request := organizations.GetRequest{Organization: given.organization()}
		organization, err := client.Organizations.Get(ctx, request)
		return plain(organization, err)
	},
	"createOrganization": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		request := organizations.CreateRequest{Name: given.name(), Description: given.description()}
		organization, err := client.Organizations.Create(ctx, request)
		return plain(organization, err)
	},
	"updateOrganization": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		organization, err := client.Organizations.Update(ctx, organizations.UpdateRequest{
			Organization: given.organization(),
			Name:         given.Name,
			Description:  given.Description,
		})
		return plain(organization, err)
	},
	"deleteOrganization": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		request := organizations.DeleteRequest{Organization: given.organization()}
		return nil, client.Organizations.Delete(ctx, request)
	},
	"addOrganizationUser": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		if given.Role.ID != "" {
			return nil, errLacks("custom role")
		}
		membership, err := client.Organizations.AddUser(ctx, organizations.AddUserRequest{
			Organization: given.organization(),
			UserID:       given.UserID,
			Role:         organizations.PredefinedOrgRole{Name: organizations.OrganizationRole(upper(given.Role.Name))},
		})
		return plain(membership, err)
	},
	"removeOrganizationUser": func(ctx context.Context, client *arize.Client, given params) (any, error) {
		request := organizations.RemoveUserRequest{Organization: given.organization(), UserID: given.UserID}
		return nil, client.Organizations.RemoveUser(ctx, request)
	},
}

func accountRole(given params) users.UserRoleAssignment {
	if given.Role.ID != "" {
		return users.AssignCustomRole(given.Role.ID)
	}
	return users.AssignPredefinedRole(users.UserRole(upper(given.Role.Name)))
}

// upper spells a value of the alpha dialect as the SDK does.
func upper(value string) string {
	return strings.ReplaceAll(strings.ToUpper(value), "-", "_")
}
