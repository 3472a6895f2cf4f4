package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// patience bounds one round and every wait for a server.
const patience = 2 * time.Minute

// load is a round's requests as bytes, ready to be written: while a round runs
// nothing is encoded, and the collector has one block to look at.
type load struct {
	bytes []byte
	ends  []int // of each request in bytes
}

// add appends a POST of a touch as a page of the demo site would send it.
func (l *load) add(host string, body []byte) {
	l.bytes = append(l.bytes, "POST /v1/touches HTTP/1.1\r\nHost: "+host+
		"\r\nOrigin: http://localhost:3000\r\nContent-Type: text/plain\r\nContent-Length: "...)
	l.bytes = strconv.AppendInt(l.bytes, int64(len(body)), 10)
	l.bytes = append(append(l.bytes, "\r\n\r\n"...), body...)
	l.ends = append(l.ends, len(l.bytes))
}

func (l *load) request(i int) []byte {
	start := 0
	if i > 0 {
		start = l.ends[i-1]
	}
	return l.bytes[start:l.ends[i]]
}

// driven is what a round of requests took.
type driven struct {
	start     time.Time       // of the first request
	end       time.Time       // of the last answer
	latencies []time.Duration // ascending
}

func (d *driven) at(p float64) time.Duration { return percentile(d.latencies, p) }

// driver sends a load over keep-alive connections, one request at a time on
// each. It is as cheap as it can be, since it runs on the server's machine: raw
// bytes out, and of an answer no more than status and length are read. What it
// costs counts against every server alike.
type driver struct {
	load     *load
	interval time.Duration // between the starts of requests; 0: as fast as answers come
	start    time.Time
	next     atomic.Int64
	took     []time.Duration // by request
}

// drive sends all requests over some connections, which it opens and closes; all
// of them must be answered with 202.
func drive(ctx context.Context, addr string, l *load, conns int, interval time.Duration) (*driven, error) {
	p, err := dial(addr, conns)
	if err != nil {
		return nil, err
	}
	defer p.close()
	return p.drive(ctx, l, interval)
}

// pool is connections to a server.
type pool []net.Conn

func dial(addr string, conns int) (pool, error) {
	p := make(pool, 0, conns)
	for range conns {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			p.close()
			return nil, err
		}
		p = append(p, c)
	}
	return p, nil
}

func (p pool) close() {
	for _, c := range p {
		_ = c.Close()
	}
}

// drive sends all requests.
func (p pool) drive(ctx context.Context, l *load, interval time.Duration) (*driven, error) {
	d := &driver{load: l, interval: interval, took: make([]time.Duration, len(l.ends))}
	stop := context.AfterFunc(ctx, func() { d.next.Store(int64(len(l.ends))) })
	defer stop()
	faults := make([]error, len(p))
	var end sync.WaitGroup
	d.start = time.Now()
	for i, c := range p {
		_ = c.SetDeadline(d.start.Add(time.Duration(len(l.ends))*interval + patience))
		end.Go(func() { faults[i] = d.client(c) })
	}
	end.Wait()
	last := time.Now()
	if err := errors.Join(append(faults, ctx.Err())...); err != nil {
		return nil, err
	}
	slices.Sort(d.took)
	return &driven{d.start, last, d.took}, nil
}

// client sends requests on one connection until none is left.
func (d *driver) client(c net.Conn) error {
	buf := make([]byte, 4<<10)
	for {
		i := int(d.next.Add(1)) - 1
		if i >= len(d.took) {
			return nil
		}
		begun := d.begin(i)
		if _, err := c.Write(d.load.request(i)); err != nil {
			return err
		}
		if err := d.accepted(c, buf); err != nil {
			return err
		}
		d.took[i] = time.Since(begun)
	}
}

// begin waits for the instant of a paced request and gives that instant: a
// request that starts late because the server was slow counts its wait.
func (d *driver) begin(i int) time.Time {
	if d.interval == 0 {
		return time.Now()
	}
	due := d.start.Add(time.Duration(i) * d.interval)
	time.Sleep(time.Until(due))
	return due
}

// accepted reads one answer, which must be 202.
func (d *driver) accepted(c net.Conn, buf []byte) error {
	for n := 0; ; {
		got, err := c.Read(buf[n:])
		if err != nil {
			return err
		}
		n += got
		status, length, err := parseAnswer(buf[:n])
		switch {
		case err != nil:
			return err
		case length > len(buf) || length == 0 && n == len(buf):
			return errAnswer
		case length == 0 || n < length:
		case status != 202:
			return fmt.Errorf("%s answered %s", c.RemoteAddr(), buf[:n])
		default:
			return nil
		}
	}
}
