package mongotest

import (
	"errors"
	"net"
	"sync"
)

// Fate is what a proxy does with a command.
type Fate int

// Fates.
const (
	Pass       Fate = iota // it is done, and answered
	CutBefore              // it is not done, and its connection ends
	CutUnheard             // it is done, and its connection ends before the answer
)

// Proxy passes messages on to a server, one write at a time.
type Proxy struct {
	listener net.Listener
	server   string
	end      sync.WaitGroup

	writing sync.Mutex // held from a write until its answer

	mu     sync.Mutex
	conns  map[net.Conn]bool
	judge  func(command string) Fate
	closed bool
}

func listen(server string) (*Proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{listener: l, server: server, conns: map[net.Conn]bool{}}
	p.end.Go(p.accept)
	return p, nil
}

// Addr is where the proxy listens.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// Judge has a function decide on each command that changes something, by its
// name, from now on; nil passes them all. It is called by one at a time.
func (p *Proxy) Judge(f func(command string) Fate) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.judge = f
}

// Unlocked lets others write while a judge's own command waits: what f does
// comes before it.
func (p *Proxy) Unlocked(f func()) {
	p.writing.Unlock()
	defer p.writing.Lock()
	f()
}

// Cut ends all connections at once, whatever they are about. New ones are taken.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		_ = c.Close() // its messages end with an error, which is the purpose
	}
}

// Close ends the proxy and all of its connections.
func (p *Proxy) Close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	_ = p.listener.Close()
	p.Cut()
	p.end.Wait()
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.end.Go(func() { p.serve(client) })
	}
}

// keep notes a connection until the function that it gives is called.
func (p *Proxy) keep(c net.Conn) (release func(), ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns[c] = true
	return func() {
		_ = c.Close()
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.conns, c)
	}, !p.closed
}

// serve passes one connection's messages on until one of its ends is gone.
func (p *Proxy) serve(client net.Conn) {
	release, ok := p.keep(client)
	defer release()
	if !ok {
		return
	}
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	defer server.Close()
	for {
		question, err := readMessage(client)
		if err != nil {
			return
		}
		answer, err := p.ask(server, question)
		if err != nil {
			return
		}
		if _, err := client.Write(answer); err != nil {
			return
		}
	}
}

var errCut = errors.New("mongotest: cut")

// ask gets the answer to a question. Once a write is on its way, its answer is
// waited for, whatever becomes of the client: until then it may still happen.
func (p *Proxy) ask(server net.Conn, question []byte) ([]byte, error) {
	fate := Pass
	if name := command(question); changes(name) {
		p.writing.Lock()
		defer p.writing.Unlock()
		if fate = p.fate(name); fate == CutBefore {
			return nil, errCut
		}
	}
	if _, err := server.Write(question); err != nil {
		return nil, err
	}
	answer, err := readMessage(server)
	if fate == CutUnheard {
		return nil, errCut
	}
	return answer, err
}

func (p *Proxy) fate(command string) Fate {
	p.mu.Lock()
	judge := p.judge
	p.mu.Unlock()
	if judge == nil {
		return Pass
	}
	return judge(command)
}
