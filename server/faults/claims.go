package main

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// board holds the leads that reps were alerted to, each once.
type board struct {
	mu    sync.Mutex
	leads []string
	known map[string]bool
}

func (b *board) put(lead string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.known[lead] {
		b.known[lead] = true
		b.leads = append(b.leads, lead)
	}
}

// recent gives one of the newest leads, or "".
func (b *board) recent(rng *rand.Rand) string {
	const newest = 10
	b.mu.Lock()
	defer b.mu.Unlock()
	n := len(b.leads)
	if n == 0 {
		return ""
	}
	return b.leads[n-1-rng.IntN(min(n, newest))]
}

// race has everybody claim the same lead at the same time, over HTTP and over
// the socket, and now and then release it again, until the context is done.
func (w *world) race(ctx context.Context, rng *rand.Rand, pause time.Duration) {
	for ; ctx.Err() == nil; pauseFor(ctx, pause) {
		lead := w.board.recent(rng)
		if lead == "" || !w.history.clear(lead) {
			continue
		}
		var all sync.WaitGroup
		for i, r := range w.reps {
			after := time.Duration(rng.IntN(1500)) * time.Microsecond
			all.Go(func() {
				pauseFor(ctx, after)
				w.act(r, 2*i, lead, claim)
			})
			all.Go(func() { w.claimBySocket(r, 2*i+1, lead) })
		}
		all.Wait()
		if rng.IntN(3) == 0 {
			i := rng.IntN(len(w.reps))
			w.act(w.reps[i], 2*i, lead, release)
		}
	}
}

// act claims or releases a lead over HTTP and notes what came of it.
func (w *world) act(r *rep, client int, lead string, do deed) {
	url := w.anyURL()
	if url == "" {
		return
	}
	done := w.history.begin(client, r, lead, do)
	body, _ := json.Marshal(map[string]string{"action": string(do)}) // never fails
	status, answer, err := w.post(url+"/v1/leads/"+lead+"/actions", "application/json", r.login(), body)
	w.count(do, done(w.outcomeOf(status, answer, err)))
	if status == http.StatusUnauthorized {
		_, _ = r.signIn() // or the next action is refused, too
	}
}

// outcomeOf reads the answer to an action.
func (w *world) outcomeOf(status int, body []byte, err error) outcome {
	if err != nil {
		return outcome{}
	}
	var answer struct {
		Owner, Code string
		Lead        struct{ Owner string }
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		w.violate(&w.other, "the answer to an action makes no sense: %d %s", status, body)
		return outcome{}
	}
	switch {
	case status == http.StatusOK:
		return outcome{known: true, done: true, owner: answer.Owner}
	case status == http.StatusConflict:
		return outcome{known: true, owner: answer.Lead.Owner}
	case status <= http.StatusInternalServerError && status != http.StatusUnauthorized || answer.Code == "": // 500 takes the fault for the server's own
		w.violate(&w.other, "an action was refused: %d %s", status, body)
	}
	w.codes.add("action " + strconv.Itoa(status) + " " + answer.Code)
	return outcome{}
}

// claimBySocket claims a lead on the rep's stream, if there is one.
func (w *world) claimBySocket(r *rep, client int, lead string) {
	r.mu.Lock()
	ws := r.ws
	if ws == nil {
		r.mu.Unlock()
		return
	}
	r.serial++
	request := strconv.Itoa(r.serial)
	answer := make(chan *message, 1)
	r.waiting[request] = answer
	done := w.history.begin(client, r, lead, claim)
	body, _ := json.Marshal(map[string]string{"type": "claim", "lead": lead, "request": request}) // never fails
	_ = ws.SetWriteDeadline(time.Now().Add(time.Second))
	_ = ws.WriteMessage(websocket.TextMessage, body) // a socket that failed brings no answer
	r.mu.Unlock()
	w.count(claim, done(w.heard(answer)))
}

// heard waits for the answer to a claim on a stream.
func (w *world) heard(answer <-chan *message) outcome {
	select {
	case m := <-answer:
		switch {
		case m == nil:
		case m.Data.OK && m.Data.Current != nil:
			return outcome{known: true, done: true, owner: m.Data.Current.Owner}
		case m.Data.Code == "already_claimed" && m.Data.Current != nil:
			return outcome{known: true, owner: m.Data.Current.Owner}
		case !slices.Contains([]string{"busy", "internal"}, m.Data.Code):
			w.violate(&w.other, "the answer to a claim makes no sense: %+v", m.Data)
		default:
			w.codes.add("claim " + m.Data.Code)
		}
	case <-time.After(patience):
		w.violate(&w.other, "a claim on an open stream has no answer for %s", patience)
	}
	return outcome{}
}

func (w *world) count(do deed, o outcome) {
	if do != claim {
		return
	}
	w.claims.Add(1)
	switch {
	case !o.known:
		w.unknown.Add(1)
	case o.done:
		w.won.Add(1)
	default:
		w.lost.Add(1)
	}
}
