package httpapi

import (
	"net/http"
	"strconv"
	"strings"

	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// getLeaves gives the forms that visitors began and left, the oldest first.
func (a *API) getLeaves(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	if who.Person.Role != auth.Admin && who.Person.Role != auth.Marketer {
		return forbidden("Only admins and marketers may see how forms are left.")
	}
	q := &query{values: r.URL.Query()}
	cursor, limit := q.text("cursor", 1000), int(q.number("limit", 1, maxPage, defaultPage))
	if err := a.soundQuery(q); err != nil {
		return err
	}
	after, err := leavePlace(cursor)
	if err != nil {
		return err
	}
	left, err := a.Intake.Leaves(r.Context(), who.Person.Site, after, limit+1)
	if err != nil {
		return err
	}
	next := ""
	if len(left) > limit {
		left = left[:limit]
		last := intake.PlaceOfLeave(left[limit-1])
		next = strconv.FormatInt(last.Received, 10) + "." + last.ID
	}
	return writeJSON(w, http.StatusOK, list{append([]*lead.Leave{}, left...), next})
}

// leavePlace reads a cursor; an empty one is before the first.
func leavePlace(cursor string) (p intake.LeavePlace, err error) {
	if cursor == "" {
		return p, nil
	}
	at, id, ok := strings.Cut(cursor, ".")
	if p.Received, err = strconv.ParseInt(at, 10, 64); err != nil || !ok || !isID(id) {
		return p, desk.ErrCursor
	}
	p.ID = id
	return p, nil
}
