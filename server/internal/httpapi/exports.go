package httpapi

import (
	"context"
	"errors"
	"net/http"

	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/transfer"
)

var exportTypes = map[transfer.Format]string{transfer.CSV: "text/csv; charset=utf-8; header=present", transfer.NDJSON: "application/x-ndjson"}

// filters reads which leads a list is to hold.
func (q *query) filters() desk.Query {
	return desk.Query{
		Stage: q.one("stage", desk.Stages()...), Grade: q.grade("grade"), Band: q.one("band", desk.Bands...),
		Owner: q.text("owner", maxID), Form: q.text("form", maxForm),
		Verdict:   q.one("verdict", "verified", "corrected", "unverified", "suspect"),
		Nurturing: q.flag("nurturing"), Prefix: q.text("q", 200),
	}
}

// export sends all leads that the list's filters ask for, in the order of their
// ids. An export that cannot go on ends with its connection, so that nobody takes
// a part for the whole.
func (a *API) export(format transfer.Format) personHandler {
	return func(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
		q := &query{values: r.URL.Query()}
		want := q.filters()
		if err := a.soundQuery(q); err != nil {
			return err
		}
		site, err := a.Sites.Site(r.Context(), who.Person.Site)
		if err != nil {
			return err
		}
		h := w.Header()
		h.Set("Content-Type", exportTypes[format])
		h.Set("Content-Disposition", `attachment; filename="leads-`+a.now().UTC().Format("2006-01-02")+"."+string(format)+`"`)
		h.Set("Cache-Control", "no-store")
		if r.Method == http.MethodHead {
			return nil
		}
		e := &transfer.Export{From: a.Desk, Site: site.Key, Query: want, Answers: site.Answers, Format: format,
			Name: func(id string) string { return a.Auth.PersonName(r.Context(), site.Key, id) }}
		out := &patient{w, http.NewResponseController(w), a.now}
		sent := 0
		_, err = e.Run(r.Context(), out, func(n int) error {
			sent = n
			return r.Context().Err()
		})
		if err == nil || sent == 0 {
			return err
		}
		if !errors.Is(err, context.Canceled) {
			a.log.Error("an export was cut off", "leads", sent, "err", err)
		}
		panic(http.ErrAbortHandler)
	}
}

// getRecord gives all that is held on one person.
func (a *API) getRecord(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	rec, err := a.Desk.Record(r.Context(), who.Person.Site, leadID(r))
	if err != nil {
		return err
	}
	site, err := a.Sites.Site(r.Context(), who.Person.Site)
	if err != nil {
		return err
	}
	left, err := a.Intake.LeavesOf(r.Context(), site.Intake, rec.Lead.ID)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="record.json"`)
	return writeJSON(w, http.StatusOK, transfer.SubjectOf(rec, left, a.now()))
}

// deleteLead erases a person.
func (a *API) deleteLead(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	site, err := a.Sites.Site(r.Context(), who.Person.Site)
	if err != nil {
		return err
	}
	if err := a.Intake.Erase(r.Context(), site.Intake, leadID(r)); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
