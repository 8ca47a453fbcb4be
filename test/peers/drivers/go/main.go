// `main STEPS` makes the calls with client-go-v2, and prints a line of JSON for each.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/Arize-ai/client-go-v2/arize"
)

type step struct {
	Title  string `json:"title"`
	Call   string `json:"call"`
	Params params `json:"params"`
}

// outcome is what became of a call: one of its members.
type outcome struct {
	Step    string   `json:"step"`
	Gave    any      `json:"gave,omitempty"`
	Refused *refused `json:"refused,omitempty"`
	Lacks   string   `json:"lacks,omitempty"`
}

type refused struct {
	Status  any    `json:"status"`
	Message string `json:"message"`
}

// errLacks names a param that the SDK does not have.
type errLacks string

func (param errLacks) Error() string { return string(param) }

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(file string) error {
	client, err := newClient()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var steps []step
	if err := json.Unmarshal(text, &steps); err != nil {
		return err
	}
	nextCursor := ""
	printer := json.NewEncoder(os.Stdout)
	for _, step := range steps {
		if step.Params.Cursor == "next page" {
			step.Params.Cursor = nextCursor
		}
		gave, err := take(client, step.Call, step.Params)
		if page, ok := gave.(page); ok {
			nextCursor = page.Pagination.NextCursor
		}
		if err := printer.Encode(settle(step.Title, gave, err)); err != nil {
			return err
		}
	}
	return nil
}

func newClient() (*arize.Client, error) {
	server, err := url.Parse(os.Getenv("PEER_BASE_URL"))
	if err != nil {
		return nil, err
	}
	return arize.NewClient(arize.Config{
		APIKey:    os.Getenv("PEER_API_KEY"),
		APIScheme: server.Scheme,
		APIHost:   server.Host,
	})
}

func take(client *arize.Client, call string, given params) (any, error) {
	made, ok := calls[call]
	if !ok {
		return nil, fmt.Errorf("no call %s", call)
	}
	return made(context.Background(), client, given)
}

func settle(title string, gave any, err error) outcome {
	var lacks errLacks
	var response *arize.APIError
	var unknown *arize.ResourceNotFoundError
	switch {
	case err == nil:
		return outcome{Step: title, Gave: gave}
	case errors.As(err, &lacks):
		return outcome{Step: title, Lacks: string(lacks)}
	case errors.As(err, &response):
		return outcome{Step: title, Refused: &refused{response.StatusCode, err.Error()}}
	case errors.As(err, &unknown):
		return outcome{Step: title, Refused: &refused{404, err.Error()}}
	default:
		return outcome{Step: title, Refused: &refused{"invalid", err.Error()}}
	}
}
