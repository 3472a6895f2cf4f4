package main

import (
	"bytes"
	"errors"
	"strconv"
)

// errAnswer: what came is no HTTP/1.1 answer with a length.
var errAnswer = errors.New("the server's answer is none that this client reads: want HTTP/1.1 with Content-Length")

var (
	headEnd      = []byte("\r\n\r\n")
	lengthHeader = []byte("\r\nContent-Length: ")
)

// parseAnswer reads the answer that stands at the start of some bytes: its
// status, and the length of head and body together. While the head is not
// complete, length is 0 and there is no error; the body may still be on its way.
func parseAnswer(b []byte) (status, length int, err error) {
	end := bytes.Index(b, headEnd)
	if end < 0 {
		return 0, 0, nil
	}
	head := b[:end+2]
	if len(head) < 13 || string(head[:9]) != "HTTP/1.1 " {
		return 0, 0, errAnswer
	}
	if status, err = strconv.Atoi(string(head[9:12])); err != nil {
		return 0, 0, errAnswer
	}
	_, rest, ok := bytes.Cut(head, lengthHeader)
	digits, _, _ := bytes.Cut(rest, []byte("\r\n"))
	body, err := strconv.Atoi(string(digits))
	if !ok || err != nil || body < 0 {
		return 0, 0, errAnswer
	}
	return status, end + len(headEnd) + body, nil
}
