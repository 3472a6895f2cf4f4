// Package web carries what the web build makes: the widget's script, the
// screens, the demo site and the engine, each with its .br and .gz twin.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist returns the built files, rooted at the dist folder: "assay.js",
// "app.html", "static/…", "demo/…", "engine/HASH.wasm", "engine/HASH.js". It holds only
// .gitkeep when the page assets have not been built yet.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // only an invalid path literal fails here
	}
	return sub
}
