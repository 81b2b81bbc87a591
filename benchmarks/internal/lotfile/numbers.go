package lotfile

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// numbers reads the numbers of a file, whatever stands between them, and
// remembers the first mistake. After one it reads zeros.
type numbers struct {
	scan *bufio.Scanner
	err  error
}

func newNumbers(r io.Reader) *numbers {
	n := &numbers{scan: bufio.NewScanner(r)}
	const longest = 1 << 20 // bytes of a word
	n.scan.Buffer(nil, longest)
	n.scan.Split(splitWords)
	return n
}

// splitWords splits at blanks, commas and brackets.
func splitWords(data []byte, atEOF bool) (int, []byte, error) {
	const between = " \t\r\n,[]"
	start := 0
	for start < len(data) && strings.IndexByte(between, data[start]) >= 0 {
		start++
	}
	for end := start; end < len(data); end++ {
		if strings.IndexByte(between, data[end]) >= 0 {
			return end, data[start:end], nil
		}
	}
	if atEOF && start < len(data) {
		return len(data), data[start:], nil
	}
	return start, nil, nil
}

func (n *numbers) word() string {
	if n.err == nil && !n.scan.Scan() {
		if n.err = n.scan.Err(); n.err == nil {
			n.err = io.ErrUnexpectedEOF
		}
	}
	if n.err != nil {
		return ""
	}
	return n.scan.Text()
}

func (n *numbers) next() float64 {
	word := n.word()
	if n.err != nil {
		return 0
	}
	x, err := strconv.ParseFloat(word, 64)
	if err != nil {
		n.err = fmt.Errorf("%q is not a number", word)
		return 0
	}
	return x
}

func (n *numbers) list(length int) []float64 {
	xs := make([]float64, length)
	for k := range xs {
		xs[k] = n.next()
	}
	return xs
}

// count reads a number of things, of which there are one to a thousand.
func (n *numbers) count() int {
	const most = 1000
	return n.index(most) + 1
}

// index reads a number from 1 to most, and returns it counted from 0.
func (n *numbers) index(most int) int {
	x := n.next()
	if n.err == nil && !(x >= 1 && x <= float64(most)) {
		n.err = fmt.Errorf("%v is not a number from 1 to %d", x, most)
	}
	if n.err != nil {
		return 0
	}
	return int(x) - 1
}

// label reads on to a word that begins with name.
func (n *numbers) label(name string) {
	for n.err == nil && n.word() != name {
	}
}
