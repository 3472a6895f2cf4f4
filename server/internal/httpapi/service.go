package httpapi

import (
	_ "embed"
	"net/http"

	"github.com/gorilla/mux"
)

//go:embed openapi.json
var openapiJSON []byte

var openapiAsset = newAsset("application/json", revalidate, openapiJSON, nil, nil)

// openapi describes the calls that exist. Everybody may read it.
func (a *API) openapi(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	crossOrigin(w)
	openapiAsset.serve(w, r)
	return nil
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
