package httpapi

import (
	_ "embed"
	"net/http"

	"github.com/gorilla/mux"
)

//go:embed openapi.json
var openapiJSON []byte

//go:embed asyncapi.json
var asyncapiJSON []byte

var (
	openapiAsset  = newAsset("application/json", revalidate, openapiJSON, nil, nil)
	asyncapiAsset = newAsset("application/json", revalidate, asyncapiJSON, nil, nil)
)

// description serves what describes the calls that exist, or the stream. Everybody
// may read it.
func description(of *asset) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		crossOrigin(w)
		of.serve(w, r)
		return nil
	}
}

// model serves a compiled model; its version names its content.
func (a *API) model(w http.ResponseWriter, r *http.Request) error {
	crossOrigin(w)
	w.Header().Set("Access-Control-Allow-Origin", "*")
	m, err := a.Sites.Model(r.Context(), mux.Vars(r)["version"])
	if err != nil {
		return err
	}
	newAsset("application/octet-stream", immutable, m.Bytes, m.Brotli, m.Gzip).serve(w, r)
	return nil
}
