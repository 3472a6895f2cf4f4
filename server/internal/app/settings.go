package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"assay/server/internal/auth"
	"assay/server/internal/httpapi"
)

// SettingsError says what is wrong with a site's settings, a line for each fault.
type SettingsError struct{ text string }

// Error implements the error interface.
func (e *SettingsError) Error() string { return e.text }

// MaxSettings is the longest text of settings in bytes.
const MaxSettings = httpapi.MaxBody

// Settings gives a site's settings as GET /v1/sites/{key} does.
func (t *Tools) Settings(s *auth.Site) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false) // selectors have a >
	err := e.Encode(httpapi.ViewSite(s))
	return b.Bytes(), err
}

// SetSite does what PUT /v1/sites/{key} does with a body, and gives the names of
// what changed and of how many members nothing is known:
// *SettingsError, auth.ErrChanged, auth.ErrNotFound.
func (t *Tools) SetSite(ctx context.Context, key string, body []byte) (now *auth.Site, changed []string, unknown int, err error) {
	settings, unknown, err := httpapi.ReadSettings(key, body)
	var p *httpapi.Problem
	if errors.As(err, &p) {
		text := p.Detail
		for _, f := range p.Errors {
			text += "\n  " + f.Pointer + ": " + f.Detail
		}
		return nil, nil, unknown, &SettingsError{text}
	}
	if err != nil {
		return nil, nil, unknown, err
	}
	now, changed, err = t.Auth.SetSite(ctx, settings)
	return now, changed, unknown, err
}
