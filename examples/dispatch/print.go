package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A printer writes what people want to see: a digest of every morning, or all
// papers, and files of them.
type printer struct {
	io.Writer
	all bool
	csv string // folder; empty: no files
}

// day prints a morning.
func (p *printer) day(d *day) error {
	fmt.Fprintf(p, "\n== %s\n", d.at.Format("Monday 2 January, 15:04"))
	yesterday, err := d.yesterday()
	if err != nil {
		return err
	}
	if d.at.Weekday() == time.Monday {
		review, err := d.weekly()
		if err != nil {
			return err
		}
		yesterday = append(yesterday, review...)
	}
	if err := p.papers(d.at.Format(time.DateOnly), yesterday); err != nil {
		return err
	}
	p.alarms(d)
	p.disruptions(d)
	p.call(d)
	p.revision(d)
	today, err := d.today()
	if err != nil {
		return err
	}
	return p.papers(d.at.Format(time.DateOnly), today)
}

// papers prints those that are read out, or all, and files them.
func (p *printer) papers(folder string, papers []paper) error {
	for _, x := range papers {
		show := x.digest
		if p.all {
			show = x.document
		}
		if show != nil {
			if err := show.WriteText(p); err != nil {
				return err
			}
		}
		if err := p.file(folder, x); err != nil {
			return err
		}
	}
	return nil
}

// file writes a paper into a folder.
func (p *printer) file(folder string, x paper) error {
	if p.csv == "" {
		return nil
	}
	dir := filepath.Join(p.csv, folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, x.name+".csv"))
	if err != nil {
		return err
	}
	if err := x.WriteCSV(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (p *printer) alarms(d *day) {
	for _, a := range d.alarms {
		state := "is expected in time again"
		if a.Raised {
			state = fmt.Sprintf("is expected %.1f days late", (time.Duration(a.Value)*time.Minute).Hours()/24)
		}
		fmt.Fprintf(p, "Alarm: line %s %s\n", a.Object, state)
	}
}

func (p *printer) disruptions(d *day) {
	for _, card := range d.cards {
		p.some("Disruption: ", card.String(), 6)
	}
}

func (p *printer) call(d *day) {
	if d.quote == nil {
		return
	}
	l := d.rush.line
	fmt.Fprintf(p, "Rush order %s: %d %s by %s", l.ID, l.Qty, l.Item, l.Due.Format("2 January"))
	if n := len(d.quote.Deliveries); n > 0 {
		fmt.Fprintf(p, "; without hurting anybody, %d on %s", d.quote.Quantity(), d.quote.Deliveries[n-1].At.Format("2 January"))
	}
	fmt.Fprintln(p)
}

func (p *printer) revision(d *day) {
	if d.revision == nil {
		return
	}
	p.some(fmt.Sprintf("Corrected plan, %d changes\n", len(d.revision.Changes)), d.revision.String(), 8)
}

// some prints the first lines of a text.
func (p *printer) some(head, text string, lines int) {
	list := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if p.all {
		lines = len(list)
	}
	fmt.Fprintf(p, "%s%s\n", head, strings.Join(list[:min(lines, len(list))], "\n"))
	if more := len(list) - lines; more > 0 {
		fmt.Fprintf(p, "and %d more\n", more)
	}
}
