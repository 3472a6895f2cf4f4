package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"
)

// repeats is how many of a hundred accepted touches are sent again, as a page
// does that did not hear the answer.
const repeats = 5

// visit is what one browser after another does until the context is done: makes
// a person and delivers their touches, one after the other, each until it is
// accepted. What is not accepted by then is left to settle.
func (w *world) visit(ctx context.Context, rng *rand.Rand, pause time.Duration) {
	for ctx.Err() == nil {
		p, err := w.crowd.next(rng)
		if err != nil {
			w.violate(&w.other, "a person cannot be made: %v", err)
			return
		}
		w.people.Add(1)
		w.touches.Add(int64(len(p.touches)))
		for _, t := range p.touches {
			if !w.deliver(ctx, rng, t) {
				return
			}
			if rng.IntN(100) < repeats {
				w.repeated.Add(1)
				w.send(t)
			}
		}
		pauseFor(ctx, pause)
	}
}

// deliver sends a touch until it is accepted; false when the context was done
// before.
func (w *world) deliver(ctx context.Context, rng *rand.Rand, t *touch) bool {
	for ctx.Err() == nil {
		if w.send(t) {
			return true
		}
		pauseFor(ctx, time.Duration(5+rng.IntN(20))*time.Millisecond)
	}
	return false
}

// send sends a touch once, to any of the servers, and reports whether it was
// accepted.
func (w *world) send(t *touch) bool {
	url := w.anyURL()
	if url == "" {
		return false
	}
	t.tries.Add(1)
	w.requests.Add(1)
	status, body, err := w.post(url+"/v1/touches", "text/plain", "", t.body)
	if err != nil {
		w.blank.Add(1)
		return false
	}
	var answer struct {
		ID       string
		Accepted bool
		Code     string
	}
	err = json.Unmarshal(body, &answer)
	switch {
	case status == http.StatusAccepted && err == nil && answer.ID == t.id && answer.Accepted:
		w.accepted.Add(1)
		t.accepted.Store(true)
		select {
		case w.answers <- struct{}{}:
		default: // nobody waits for one
		}
		return true
	case status > http.StatusInternalServerError && err == nil && answer.Code != "":
		w.refused.Add(1)
		w.codes.add(fmt.Sprint("touch ", status, " ", answer.Code))
	default:
		w.violate(&w.other, "touch %s: the answer makes no sense, or takes the fault for the server's own: %d %s", t.id, status, body)
	}
	return false
}

// post sends a body and reads the answer. With a cookie it is a person's call,
// without one a page's of the demo site.
func (w *world) post(url, kind, cookie string, body []byte) (status int, answer []byte, err error) {
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", kind)
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	} else {
		r.Header.Set("Origin", "http://localhost:3000")
	}
	return w.do(r)
}

func (w *world) do(r *http.Request) (status int, answer []byte, err error) {
	got, err := w.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer got.Body.Close()
	answer, err = io.ReadAll(got.Body)
	return got.StatusCode, answer, err
}

// get reads JSON for a person.
func (w *world) get(url, cookie string, into any) error {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Cookie", cookie)
	status, body, err := w.do(r)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("GET %s: %d %s", url, status, body)
	}
	return json.Unmarshal(body, into)
}

// pauseFor waits, or until the context is done.
func pauseFor(ctx context.Context, d time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	<-ctx.Done()
}

// until asks again and again whether something holds, as long as patience lasts.
func until(what string, holds func() (bool, error)) error {
	var last error
	for end := time.Now().Add(patience); time.Now().Before(end); pauseFor(context.Background(), 20*time.Millisecond) {
		ok, err := holds()
		if ok {
			return nil
		}
		last = err
	}
	return errors.Join(fmt.Errorf("still not after %s: %s", patience, what), last)
}
