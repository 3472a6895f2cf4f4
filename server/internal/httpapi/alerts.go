package httpapi

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"

	"assay/server/internal/auth"
)

// getAlerts gives the feed's history in feed order; without a cursor its newest
// part.
func (a *API) getAlerts(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	q := &query{values: r.URL.Query()}
	after := q.number("after", 0, math.MaxInt64, -1)
	limit := int(q.number("limit", 1, maxPage, defaultPage))
	if err := a.soundQuery(q); err != nil {
		return err
	}
	var from *int64
	if after >= 0 {
		from = &after
	}
	frames, next, err := a.Alerts.History(r.Context(), who.Person.Site, from, limit)
	if err != nil {
		return err
	}
	items := make([]json.RawMessage, 0, len(frames))
	for _, f := range frames {
		items = append(items, f.JSON)
	}
	return writeJSON(w, http.StatusOK, list{items, strconv.FormatInt(next, 10)})
}
