package main

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/Arize-ai/client-go-v2/arize"
	"github.com/Arize-ai/client-go-v2/arize/users"
)

type page struct {
	Data       any        `json:"data"`
	Pagination pagination `json:"pagination"`
}

type pagination struct {
	HasMore    bool   `json:"hasMore"`
	NextCursor string `json:"nextCursor,omitempty"`
}

func toPage(items any, from arize.PaginationMetadata) (any, error) {
	data, err := plain(items, nil)
	result := page{Data: data, Pagination: pagination{HasMore: from.HasMore}}
	if from.NextCursor != nil {
		result.Pagination.NextCursor = *from.NextCursor
	}
	return result, err
}

type row struct {
	UserID string `json:"userId"`
	Email  string `json:"email"`
	Status string `json:"status"`
}

func toRows(results []users.BulkUserDeletionResult) []row {
	rows := make([]row, len(results))
	for index, result := range results {
		rows[index] = row{result.UserID, result.Email, string(result.Status)}
	}
	return rows
}

// plain gives a result with the names of ours.
func plain(value any, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var fields any
	if err := json.Unmarshal(text, &fields); err != nil {
		return nil, err
	}
	return camel(fields), nil
}

var underscore = regexp.MustCompile("_[a-z]")

func camel(value any) any {
	switch value := value.(type) {
	case []any:
		for index, item := range value {
			value[index] = camel(item)
		}
	case map[string]any:
		for key, item := range value {
			delete(value, key)
			value[underscore.ReplaceAllStringFunc(key, second)] = camel(item)
		}
	}
	return value
}

func second(match string) string { return strings.ToUpper(match[1:]) }
