package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime/debug"
	"strings"
	"time"
)

// recoverEvery is how often touches are looked for that a crash left without
// their lead, leads that time alone has changed, and forms left too long ago.
const recoverEvery = 5 * time.Second

func (a *App) recoverTouches(ctx context.Context) {
	tick := time.NewTicker(recoverEvery)
	defer tick.Stop()
	for {
		if err := a.recoverOnce(ctx); err != nil && ctx.Err() == nil {
			a.recovery.failed.Add(1)
			a.log.Error("touches wait for their lead, or leads for their change: they will be tried again", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// recoverOnce looks once. A panic is its failure: it ends this round alone.
func (a *App) recoverOnce(ctx context.Context) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	a.recovery.beat()
	keys, err := a.store.Sites(ctx)
	if err != nil {
		return err
	}
	var faults []error
	for _, key := range keys {
		if err := a.recoverSite(ctx, key); err != nil {
			faults = append(faults, fmt.Errorf("site %s: %w", key, err))
		}
		a.recovery.beat() // a round over many sites that have much to do is none that hangs
	}
	return errors.Join(faults...) // a site that fails does not stop those behind it
}

// recoverSite takes all steps for a site, each whatever became of those before.
func (a *App) recoverSite(ctx context.Context, key string) error {
	site, err := a.sites.Site(ctx, key)
	if err != nil {
		return err
	}
	n, err := a.intake.Recover(ctx, site.Intake)
	if err == nil && n > 0 {
		a.log.Info("applied touches that a crash had left", "site", key, "touches", n)
	}
	_, aged := a.intake.Age(ctx, site.Intake)
	return errors.Join(err, aged, a.intake.Expire(ctx, key))
}

// reachable gives an address that a browser on this machine can open, for a
// listener that may be open to all.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

func secure(url string) bool { return strings.HasPrefix(url, "https://") }
