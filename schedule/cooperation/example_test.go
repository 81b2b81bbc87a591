package cooperation_test

import (
	"fmt"
	"os"
	"time"

	"github.com/taktplan/takt/internal/scenario"
	"github.com/taktplan/takt/schedule/cooperation"
)

// An impeller is turned, balanced by a partner, and ground on a machine of the
// tool shop.
const works = `
	horizon 14d
	shop machining
	shop tools
	resource lathe shop=machining cost=40
	resource grinder shop=tools cost=60
	partner balance
	item impeller
	routing impeller impeller shop=machining
	  step turn lathe unit=12m
	  step balance partner=balance lead=2d move=6h
	  step grind grinder unit=12m
	lot W1 impeller 10 start=08:00 end=5d10:00
	op W1/turn 08:00-10:00
	outside W1/balance 10:00-2d10:00
	op W1/grind 5d08:00-5d10:00`

func day(n int) time.Time { return scenario.Start().AddDate(0, 0, n) }

func Example() {
	p, plan, err := scenario.Parse(works)
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := cooperation.FromPlan(p, plan)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range list {
		fmt.Println(c.Kind, c.ID, "by", c.Party(), "due", c.Due.Format("Mon 15:04"), c.Hours, "for", c.Price)
	}
	list, err = cooperation.Record(list, []cooperation.Entry{
		{ID: "W1/balance", Stage: cooperation.Request, At: day(0)},
		{ID: "W1/balance", Stage: cooperation.Promise, At: day(1), Date: day(6)},
		{ID: "W1/balance", Stage: cooperation.Delivery, At: day(6), Qty: 7},
		{ID: "W1/balance", Stage: cooperation.Accept, At: day(6), Qty: 6},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	cooperation.ReminderReport(cooperation.Reminders(list, day(7), 24*time.Hour)).WriteText(os.Stdout)
	cooperation.ScoreReport(cooperation.Timeliness(list, day(7))).WriteText(os.Stdout)
	_, err = cooperation.Record(list, []cooperation.Entry{{ID: "W1/grind", Stage: cooperation.Promise}, {ID: "W2"}})
	fmt.Println(err)
	// Output:
	// subcontract W1/balance by balance due Sat 02:00 0s for 0
	// service W1/grind by tools due Sat 10:00 2h0m0s for 120
	// Reminders
	// by                party    commission  reason         open  promised
	// 2024-01-06 02:00  balance  W1/balance  overdue           3  2024-01-07 00:00
	// 2024-01-06 08:00  tools    W1/grind    not requested    10
	// Timeliness
	// kind         party    given  complete  on time  as promised  overdue  late h  share  accepted
	// subcontract  balance      1         0        0            0        1   46.00   0.00      0.86
	// wip: entries[0]: W1/grind has not been requested (and 1 more)
}
