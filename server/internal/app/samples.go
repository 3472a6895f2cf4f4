package app

import (
	"context"
	"fmt"
	"time"

	"assay/server/internal/demo"
	"assay/server/internal/intake"
)

// addSamples fills the demo site before the server serves, so that the first
// page that somebody opens has them.
func (a *App) addSamples(ctx context.Context, keys intake.Keys, n int) error {
	if n == 0 {
		return nil
	}
	site, err := a.sites.Site(ctx, demo.Key)
	if err != nil {
		return err
	}
	if _, err := demo.AddSamples(ctx, a.store, keys, site.Intake, n, time.Now()); err != nil {
		return fmt.Errorf("sample leads: %w", err)
	}
	return nil
}
