package httpapi_test

import (
	"net/http"
	"testing"

	"assay/server/internal/apptest"
	"assay/server/internal/config"
)

func TestMetricsAreForThisMachineUnlessOpened(t *testing.T) {
	c := apptest.Start(t).Client()
	c.Get("/metrics").Want(http.StatusOK)
	for _, name := range []string{"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"} {
		c.Get("/metrics", name, "127.0.0.1").Refused(http.StatusForbidden, "not_allowed")
	}
	open := apptest.Start(t, func(c *config.Config) { c.MetricsPublic = true }).Client()
	open.Get("/metrics", "X-Forwarded-For", "203.0.113.5").Want(http.StatusOK)
}
