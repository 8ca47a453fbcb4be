module ax-users/test/peers

go 1.25.7

require github.com/Arize-ai/client-go-v2 v0.22.0

require (
	github.com/apapsch/go-jsonmerge/v2 v2.0.0 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/oapi-codegen/runtime v1.4.0 // indirect
)
