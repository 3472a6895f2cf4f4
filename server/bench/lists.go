package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// mostListTime is the promise in ms, for the 99th percentile of each kind of
// page.
const mostListTime = 50

// How often a kind of page is asked for: at least least times, and up to most
// while there is time.
const (
	leastPages = 5
	mostPages  = 40
	kindTime   = 250 * time.Millisecond
	againPages = 200 // for a kind over the promise whose median is under it
)

// kind is what the pages of one kind took.
type kind struct {
	name  string
	items int             // on its first page
	took  []time.Duration // ascending
}

func (k *kind) at(p float64) float64 { return ms(percentile(k.took, p)) }

// pager asks a server for pages, as the screens do.
type pager struct {
	url    string
	cookie string
	client *http.Client
}

// lists measures pages of leads and of the feed over a large store.
func lists(ctx context.Context, args []string) (err error) {
	fs := flag.NewFlagSet("lists", flag.ContinueOnError)
	leads := fs.Int("leads", 1_000_000, "leads in the store; where -dir holds one, how many those are")
	limit := fs.Int("limit", 50, "leads of a page: 50 is what a call without a limit gets")
	profile := fs.String("cpuprofile", "", "file for a CPU profile of the server")
	match := fs.String("match", "", "only kinds of pages whose query holds this text, such as grade=A")
	keep := fs.String("dir", "", "folder for the store, which is kept and used again (default: a temporary one)")
	if err := fs.Parse(args); err != nil {
		return err
	}
	dir := *keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "assay-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	s := settings{dir: dir, keys: filepath.Join(dir, "keys.json"), profile: *profile}
	if _, err := os.Stat(filepath.Join(dir, "assay")); errors.Is(err, os.ErrNotExist) {
		if err := fill(ctx, &s, *leads); err != nil {
			return err
		}
	}
	server, err := startChild("assay", s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	p := &pager{url: server.url, client: &http.Client{Timeout: patience}}
	if p.cookie, err = signIn(server.url, rep); err != nil {
		return err
	}
	machine, err := newMeter(server)
	if err != nil {
		return err
	}
	kinds, err := p.measure(ctx, *limit, *match)
	if err != nil {
		return err
	}
	others, err := machine.others()
	if err != nil {
		return err
	}
	defer warnDisturbed(others)
	memory, err := server.memory()
	if err != nil {
		return err
	}
	return printLists(kinds, *leads, *limit, memory)
}

// measure asks for all kinds of pages whose query holds a text.
func (p *pager) measure(ctx context.Context, limit int, match string) (kinds []*kind, err error) {
	for _, q := range listKinds(limit) {
		name, _ := url.QueryUnescape(q.Encode())
		if !strings.Contains(name, match) {
			continue
		}
		k, err := p.kind(ctx, "leads: "+name, func(cursor string) string {
			if cursor != "" {
				q = with(q, "cursor", cursor)
			} else {
				delete(q, "cursor")
			}
			return "/v1/leads?" + q.Encode()
		})
		if err != nil {
			return nil, err
		}
		kinds = append(kinds, k)
	}
	feed, err := p.feed(ctx, limit)
	return append(kinds, feed...), err
}

// feed asks for the newest page and for pages anywhere.
func (p *pager) feed(ctx context.Context, limit int) (kinds []*kind, err error) {
	newest := fmt.Sprintf("/v1/alerts?limit=%d", limit)
	_, _, last, err := p.page(ctx, newest)
	if err != nil {
		return nil, err
	}
	var end int64
	if _, err := fmt.Sscan(last, &end); err != nil {
		return nil, fmt.Errorf("the feed's cursor %q: %w", last, err)
	}
	for name, path := range map[string]func(string) string{
		"feed: newest":         func(string) string { return newest },
		"feed: after anything": func(string) string { return fmt.Sprintf("%s&after=%d", newest, rand.Int64N(end+1)) },
	} {
		k, err := p.kind(ctx, name, path)
		if err != nil {
			return nil, err
		}
		kinds = append(kinds, k)
	}
	return kinds, nil
}

// kind asks for pages of one kind, each with the cursor of the one before, and
// from the beginning again after the last. What is over the promise although
// most of its pages are not is asked for more often: the machine may have been
// busy.
func (p *pager) kind(ctx context.Context, name string, path func(cursor string) string) (*kind, error) {
	k := &kind{name: name}
	cursor := ""
	ask := func(times int, within time.Duration) error {
		begun := time.Now()
		for i := 0; i < times && (i < leastPages || time.Since(begun) < within); i++ {
			took, items, next, err := p.page(ctx, path(cursor))
			if err != nil {
				return err
			}
			if len(k.took) == 0 {
				k.items = items
			}
			k.took, cursor = append(k.took, took), next
		}
		slices.Sort(k.took)
		return nil
	}
	if err := ask(mostPages, kindTime); err != nil {
		return nil, err
	}
	if k.at(.99) > mostListTime && k.at(.5) < mostListTime {
		return k, ask(againPages, 20*kindTime)
	}
	return k, nil
}

// page asks for one page and gives how long its last byte took.
func (p *pager) page(ctx context.Context, path string) (took time.Duration, items int, next string, err error) {
	r, err := http.NewRequestWithContext(ctx, "GET", p.url+path, nil)
	if err != nil {
		return 0, 0, "", err
	}
	r.Header.Set("Cookie", p.cookie)
	begun := time.Now()
	answer, err := p.client.Do(r)
	if err != nil {
		return 0, 0, "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	took = time.Since(begun)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", path, answer.Status, body)
	}
	if err != nil {
		return 0, 0, "", err
	}
	var list struct {
		Items []json.RawMessage `json:"items"`
		Next  string            `json:"next_cursor"`
	}
	err = json.Unmarshal(body, &list)
	return took, len(list.Items), list.Next, err
}
