package httpapi

import (
	"bufio"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/transfer"
)

// Bounds of imports.
const (
	maxImport     = 1 << 30          // bytes of a file
	importsAtOnce = 2                // on one server: each is up to 64 rows in flight
	stallTime     = 60 * time.Second // in which a client must send or take something
	flushEvery    = time.Second
)

// transferRoutes are those of programs, and of data on its way in and out.
func (a *API) transferRoutes(on func(method, path string, h handler)) {
	on("GET", "/v1/tokens", a.admin(a.getTokens))
	on("POST", "/v1/tokens", a.own(a.admin(a.postToken)))
	on("DELETE", "/v1/tokens/{id}", a.own(a.admin(a.deleteToken)))
	on("POST", "/v1/imports", a.own(a.mover(a.postImport)))
	on("GET", "/v1/leads.csv", a.mover(a.export(transfer.CSV)))
	on("GET", "/v1/leads.ndjson", a.mover(a.export(transfer.NDJSON)))
	on("GET", "/v1/leads/{id}/export", a.mover(a.getRecord))
	on("DELETE", "/v1/leads/{id}", a.own(a.admin(a.deleteLead)))
}

// mover lets only those through who may move leads in and out by the thousand.
func (a *API) mover(h personHandler) handler {
	return a.person(func(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
		if who.Person.Role != auth.Admin && who.Person.Role != auth.Marketer {
			return forbidden("Only admins and marketers may import and export.")
		}
		return h(w, r, who)
	})
}

// formatOf gives the format that a body says it has.
func formatOf(r *http.Request) (transfer.Format, error) {
	given, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil || r.Header.Get("Content-Encoding") != "":
	case given == "text/csv":
		return transfer.CSV, nil
	case given == "application/x-ndjson", given == "application/ndjson", given == "application/jsonl":
		return transfer.NDJSON, nil
	}
	return "", problem(http.StatusUnsupportedMediaType, "unsupported_media_type", "Want an uncompressed body as text/csv or application/x-ndjson.")
}

// postImport takes a file in. The whole file is read before the first row is:
// many clients listen only once they have sent everything. The answer is a line
// for each row and a summary in the end.
func (a *API) postImport(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	format, err := formatOf(r)
	if err != nil {
		return err
	}
	im, failedOnly, err := a.importOf(r, who, format)
	if err != nil {
		return err
	}
	select {
	case a.importing <- struct{}{}:
		defer func() { <-a.importing }()
	default:
		return problem(http.StatusServiceUnavailable, "busy", "Other imports are under way. Nothing was changed; try again.").after(10 * time.Second)
	}
	file, err := spool(w, r)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := newLines(w, a.now)
	sum, err := im.Run(r.Context(), file, func(res *transfer.Result) error {
		if failedOnly && res.Status != transfer.Failed {
			return nil
		}
		return lines.write(res)
	})
	if err != nil && sum.Rows == 0 {
		if errors.Is(err, transfer.ErrHeader) {
			return problem(http.StatusUnprocessableEntity, "invalid_file", "Want a first row with the names of 1 to 500 columns.")
		}
		return err
	}
	return errors.Join(err, lines.end(sum, err))
}

// importOf reads how a file is to be imported.
func (a *API) importOf(r *http.Request, who *auth.Identity, format transfer.Format) (im *transfer.Import, failedOnly bool, err error) {
	q := &query{values: r.URL.Query()}
	name, said := q.text("name", maxForm), q.text("map", 8000)
	alert, dry := q.flag("alert"), q.flag("dry_run")
	failedOnly = q.one("results", "all", "failed") == "failed"
	im = &transfer.Import{Name: name, Format: format, Alert: alert != nil && *alert, Now: a.now}
	if im.Name == "" {
		im.Name = transfer.DefaultName
	}
	if said != "" {
		if im.Map, err = transfer.ParseMap([]byte(said)); err != nil {
			q.fault("map", "invalid_map", "%s", err)
		}
	}
	if err := a.soundQuery(q); err != nil {
		return nil, false, err
	}
	site, err := a.Sites.Site(r.Context(), who.Person.Site)
	if err != nil {
		return nil, false, err
	}
	im.Site = site.Intake
	if dry == nil || !*dry {
		im.Into = a.Intake
	}
	return im, failedOnly, nil
}

// lines is an answer of many lines of JSON, to a client that may be slow.
type lines struct {
	out     *bufio.Writer
	json    *json.Encoder
	control *http.ResponseController
	now     func() time.Time
	flushed time.Time
}

func newLines(w http.ResponseWriter, now func() time.Time) *lines {
	h := w.Header()
	h.Set("Content-Type", "application/x-ndjson")
	h.Set("Cache-Control", "no-store")
	control := http.NewResponseController(w)
	out := bufio.NewWriterSize(&patient{w, control, now}, 32<<10)
	return &lines{out: out, json: json.NewEncoder(out), control: control, now: now, flushed: now()}
}

// write adds a line, and sends what waits once a second.
func (l *lines) write(v any) error {
	if err := l.json.Encode(v); err != nil {
		return err
	}
	if now := l.now(); now.Sub(l.flushed) >= flushEvery {
		l.flushed = now
		return errors.Join(l.out.Flush(), l.control.Flush())
	}
	return nil
}

// end sends the last line: what became of the file, and of an import that could
// not go on, why.
func (l *lines) end(sum *transfer.Summary, fault error) error {
	last := struct {
		Summary *transfer.Summary `json:"summary"`
		Error   *Problem          `json:"error,omitempty"`
	}{Summary: sum}
	if fault != nil {
		last.Error = translate(fault)
	}
	if err := l.json.Encode(last); err != nil {
		return err
	}
	return l.out.Flush()
}

// patient writes to a client that may take its time, but must take something.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
	now     func() time.Time
}

// Write implements io.Writer.
func (p *patient) Write(b []byte) (int, error) {
	if err := p.control.SetWriteDeadline(p.now().Add(stallTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return p.ResponseWriter.Write(b)
}
