package daily_test

import (
	"fmt"
	"os"
	"time"

	"github.com/taktplan/takt/schedule/daily"
	"github.com/taktplan/takt/wip"
)

var (
	yesterday = daily.Scope{From: on(0, 6, 0), To: on(1, 6, 0)}
	today     = daily.Scope{From: on(1, 6, 0), To: on(1, 14, 0)}
	week      = daily.Scope{From: on(1, 6, 0), To: on(5, 0, 0)}
	sinceThen = daily.Scope{From: on(0, 6, 0), To: on(1, 14, 0)}
)

func ExampleDesk_ShiftReport() {
	doc := tuesday().ShiftReport(yesterday)
	doc.WriteText(os.Stdout)
	// Output:
	// Shift report, 2026-11-23 06:00 to 2026-11-24 06:00
	// shop       workplace  order  item     step  good  scrap  unit  hours
	// machining  lathe      S1     shaft    turn    39      1         4.00
	// machining  mill       H1     housing  mill    28      0         6.00
}

func ExampleDesk_Standstills() {
	doc := tuesday().Standstills(yesterday)
	doc.WriteText(os.Stdout)
	// Output:
	// Standstills, 2026-11-23 06:00 to 2026-11-24 06:00
	// shop       workplace  from              to                hours lost  cause        order  step  goes on  cost
	// machining  lathe      2026-11-23 08:00  2026-11-23 10:00        2.00  tool broken  S1     turn            120
	// machining  mill       2026-11-23 12:00  2026-11-24 06:00        2.00  spindle      H1     mill  yes       160
}

func ExampleDesk_WorkInProcess() {
	doc := tuesday().WorkInProcess("machining")
	doc.WriteText(os.Stdout)
	// Output:
	// Work in process, machining, 2026-11-24 06:00
	// shop       order  item     step  place  in hand  waiting  scrap  unit  ended  value
	// machining  H1     housing  mill              12        0      0                1440
}

func ExampleDesk_Norms() {
	doc := tuesday().Norms(yesterday)
	doc.WriteText(os.Stdout)
	// Output:
	// Norms of stock, 2026-11-23 06:00 to 2026-11-24 06:00
	// shop       point      stock  min  target  max  unit  status  since             by  days out  value outside
	// assembly   seal@A        50   60      80  200        short   2026-11-23 06:00  10      1.00            140
	// machining  casting@M     10   10      20   60        kept                       0      0.00              0
	// assembly   shaft@A       39    0      20   30        excess  2026-11-23 13:30   9      0.69            720
}

func ExampleDesk_Kits() {
	doc, err := tuesday().Kits(today)
	fmt.Println(err)
	doc.WriteText(os.Stdout)
	// Output:
	// <nil>
	// Kits, 2026-11-24 06:00 to 2026-11-24 14:00
	// shop      product  kits  per day  cover days  limiting part  deficit  unit  complete by pieces  by value
	// assembly  pump       25    20.00        1.25  seal                 0                      0.85      0.79
}

func ExampleDesk_SetDays() {
	doc := tuesday().SetDays("assembly")
	doc.WriteText(os.Stdout)
	// Output:
	// Set days, assembly, 2026-11-24 06:00
	// part       stock  unit  per day  set day  days ahead  from
	// seal@A        50           5.82     8.59        7.59  trade
	// housing@A     28           2.91     9.62        8.62  machining
	// shaft@A       39           2.91    13.41       12.41  machining
}

func ExampleDesk_Shortages() {
	doc := tuesday().Shortages(week)
	doc.WriteText(os.Stdout)
	// Output:
	// Shortages, 2026-11-24 06:00 to 2026-11-28 00:00
	// shop      part       needed by         short  unit  must deliver  expected  arrives  promised          orders hit  lines hit  stoppage h  cost
	// assembly  seal@A     2026-11-27 06:00     30        trade PO-7         100           2026-11-23 12:00  P2          C2/1             5.00   650
	// assembly  shaft@A    2026-11-27 06:00      1        machining            0                             P2          C2/1             5.00   650
	// assembly  housing@A  2026-11-27 06:00     12        machining H1        12           2026-11-23 14:00  P2          C2/1             5.00   650
}

func ExampleDesk_Deviations() {
	doc := tuesday().Deviations(yesterday, time.Hour)
	doc.WriteText(os.Stdout)
	// Output:
	// Deviations, 2026-11-23 06:00 to 2026-11-24 06:00
	// shop       workplace  order  item     step  planned  fact  deviation  scrap  unit  days behind  trend  cause                       owner        action             cost
	// machining  mill       H1     housing  mill       40    28        -12      0               0.77  worse  mill stands still: spindle  maintenance  repair or reroute   288
	// machining  lathe      S1     shaft    turn       40    40          0      1               0.08  worse                              machining                          0
}

func ExampleDesk_ShiftTasks() {
	doc := tuesday().ShiftTasks(daily.Scope{Shop: "assembly", From: today.From, To: today.To})
	doc.WriteText(os.Stdout)
	// Output:
	// Shift task, assembly, 2026-11-24 06:00 to 2026-11-24 14:00
	// shop      section  workplace  no  order  item  step      qty  unit  start             finish            at work  kit    documents         tools  transport  value
	// assembly           bench       1  P1     pump  assemble   20        2026-11-24 06:00  2026-11-24 11:00           ready  missing: drawing  jig    ready       9000
	// assembly           bench       2  P1     pump  test       20        2026-11-24 11:00  2026-11-24 13:00           ready  missing: drawing  ready  ready       9000
}

func ExampleDesk_Dispatch() {
	doc := tuesday().Dispatch(week, daily.BySlack)
	doc.WriteText(os.Stdout)
	// Output:
	// Dispatch list by slack, 2026-11-24 06:00 to 2026-11-28 00:00
	// shop       workplace  rank  order  item     step      left  unit  work h  need by           slack h  here  kit  cost per day
	// assembly   bench         1  P1     pump     assemble    20          5.00  2026-11-25 12:00     9.00  yes   yes           800
	// assembly   bench         2  P1     pump     test        20          2.00  2026-11-25 14:00    14.00        yes           800
	// assembly   bench         3  P2     pump     assemble    20          5.00  2026-11-26 12:00    17.00  yes                 600
	// assembly   bench         4  P2     pump     test        20          2.00  2026-11-26 14:00    22.00        yes           600
	// machining  mill          1  H1     housing  mill        12          2.40  2026-11-24 04:00    -2.40  yes   yes          1400
}

func ExampleDesk_Fulfilment() {
	doc, err := tuesday().Fulfilment(yesterday)
	fmt.Println(err)
	doc.WriteText(os.Stdout)
	// Output:
	// <nil>
	// Fulfilment of tasks, 2026-11-23 06:00 to 2026-11-24 06:00
	// shop        positions  reached  volume  assortment, average  assortment, least  by positions  value missing
	// machining           2        0    0.81                 0.81               0.70          0.00           1520
	// assembly            0        0    1.00                 1.00               1.00          1.00              0
	// enterprise          2        0    0.81                 0.81               0.70          0.00           1520
}

func ExampleDesk_Output() {
	doc := tuesday().Output(sinceThen)
	doc.WriteText(os.Stdout)
	// Output:
	// Output by day, 2026-11-23 06:00 to 2026-11-24 14:00
	// shop        date        plan  fact  plan, total  fact, total  deviation, total
	// machining   2026-11-23  8000  6480         8000         6480             -1520
	// assembly    2026-11-24  9000     0         9000            0             -9000
	// enterprise  2026-11-23  8000  6480         8000         6480             -1520
	// enterprise  2026-11-24  9000     0        17000         6480            -10520
}

func ExampleDesk_Rhythm() {
	doc, err := tuesday().Rhythm(yesterday)
	fmt.Println(err)
	doc.WriteText(os.Stdout)
	// Output:
	// <nil>
	// Rhythm, 2026-11-23 06:00 to 2026-11-24 06:00
	// shop        by      intervals  plan  fact  R1 within plan  R2 by share  R3 on plan  V variation  R4 1-V  R5 arrhythmia  R6 1-R1  E1 evenness  missing
	// machining   day             1  8000  6480            0.81         1.00        0.00         0.19    0.81           0.19     0.19         1.00     1520
	// machining   decade          1  8000  6480            0.81         1.00        0.00         0.19    0.81           0.19     0.19         1.00     1520
	// assembly    day             0     0     0            1.00         1.00        1.00         0.00    1.00           0.00     0.00         0.00        0
	// assembly    decade          0     0     0            1.00         1.00        1.00         0.00    1.00           0.00     0.00         0.00        0
	// enterprise  day             1  8000  6480            0.81         1.00        0.00         0.19    0.81           0.19     0.19         1.00     1520
	// enterprise  decade          1  8000  6480            0.81         1.00        0.00         0.19    0.81           0.19     0.19         1.00     1520
}

func ExampleDesk_Loads() {
	doc := tuesday().Loads(yesterday)
	doc.WriteText(os.Stdout)
	// Output:
	// Load, 2026-11-23 06:00 to 2026-11-24 06:00
	// shop       workplace  units  fund h  planned h  worked h  down h  load factor  extensive  intensive  integral  evenness  peak  idle cost
	// machining  lathe          1    8.00       4.00      4.00    2.00         0.50       0.50       1.00      0.50      1.00  1.00        240
	// machining  mill           1    8.00       8.00      6.00    2.00         1.00       0.75       0.93      0.70      1.00  1.00        160
	// assembly   bench          1    8.00       0.00      0.00    0.00         0.00       0.00       0.00      0.00      0.00  0.00        320
	//            cart           1    8.00       0.00      0.00    0.00         0.00       0.00       0.00      0.00      0.00  0.00        160
	// assembly   dock           1    8.00       0.00      0.00    0.00         0.00       0.00       0.00      0.00      0.00  0.00         80
	// assembly   jig            1    8.00       0.00      0.00    0.00         0.00       0.00       0.00      0.00      0.00  0.00          0
}

func ExampleDesk_Shifts() {
	doc := tuesday().Shifts(yesterday, 6*time.Hour, 14*time.Hour)
	doc.WriteText(os.Stdout)
	// Output:
	// Use of shifts, 2026-11-23 06:00 to 2026-11-24 06:00
	// shop        machines  days  machine-shifts  of  shift coefficient  use of regime
	// machining          2     1               2   2               1.00           1.00
	// assembly           1     1               0   1               0.00           0.00
	// enterprise         3     1               2   3               0.67           0.67
}

func ExampleDesk_Areas() {
	doc := tuesday().Areas(yesterday)
	doc.WriteText(os.Stdout)
	// Output:
	// Use of area, 2026-11-23 06:00 to 2026-11-24 06:00
	// location  area  taken now   mean  share
	// M           60       0.00  40.12   0.67
	// A          200      95.00  27.98   0.14
}

func ExampleDesk_Transport() {
	doc := tuesday().Transport(sinceThen)
	doc.WriteText(os.Stdout)
	// Output:
	// Transport and loading, 2026-11-23 06:00 to 2026-11-24 14:00
	// trip  lane  vehicle  trips  item     qty  unit  from  to  dock  load              departure         dock there  unloaded          loaded  detention h  vehicle h  cost
	// T1    M-A   cart         1  shaft     40        M     A         2026-11-23 11:00  2026-11-23 11:00  dock        2026-11-23 11:45      39         2.00       1.00    65
	// T2    M-A   cart         1  housing   40        M     A         2026-11-24 05:00  2026-11-24 05:00  dock        2026-11-24 05:45      28         0.00       1.00    25
	// C1/1                     0  pump      20        A               2026-11-24 13:00  2026-11-24 13:00                                     0         0.00       0.00     0
}

func ExampleDesk_Vehicles() {
	doc := tuesday().Vehicles(sinceThen)
	doc.WriteText(os.Stdout)
	// Output:
	// Vehicles and docks, 2026-11-23 06:00 to 2026-11-24 14:00
	// shop      resource  kind     units  fund h  planned h  trips  use of time  use of load  due  on time  detention h  cost
	//           cart      vehicle      1   16.00       2.00      2         0.12         0.60    2        0         2.00    40
	// assembly  dock      dock         1   16.00       0.50      2         0.03         0.00    0        0         0.00     0
}

func ExampleDesk_ContractRisks() {
	doc := tuesday().ContractRisks("")
	doc.WriteText(os.Stdout)
	// Output:
	// Contracts at risk, 2026-11-24 06:00
	// contract  customer    line  item  due               expected          days late  at risk  short  unit  cause                                                                 cheapest remedy        remedy cost  loss
	// C2        Dairy       C2/1  pump  2026-11-26 14:00  2026-11-27 13:00       0.96       20      0        seal@A has a lead time (trade), 2026-11-24 06:00 to 2026-11-27 06:00  buy seal from express          500   575
	// C1        Waterworks  C1/1  pump  2026-11-25 14:00  2026-11-25 16:00       0.08       20      0        H1/mill should have ended by 2026-11-24 04:00                         agree a new date                66    66
}

func ExampleDesk_Provision() {
	doc := tuesday().Provision(week)
	doc.WriteText(os.Stdout)
	// Output:
	// Provision of launches, 2026-11-24 06:00 to 2026-11-28 00:00
	// shop      order  item  qty  unit  start             documents         tools  materials        components                  equipment  transport  launch     cost if idle
	// assembly  P1     pump   20        2026-11-24 06:00  missing: drawing  ready  ready            ready                       ready      ready      not ready           280
	// assembly  P2     pump   20        2026-11-27 06:00  missing: drawing  ready  missing: seal@A  missing: shaft@A housing@A  ready      ready      not ready           280
}

// Each document writes itself as CSV and JSON too.
func ExampleDocument() {
	doc := tuesday().Norms(yesterday)
	doc.Rows = doc.Rows[:1]
	doc.WriteCSV(os.Stdout)
	doc.WriteJSON(os.Stdout)
	// Output:
	// shop,point,stock,min,target,max,unit,status,since,by,days out,value outside
	// assembly,seal@A,50,60,80,200,,short,2026-11-23 06:00,10,1.00,140
	// [
	//   {"shop": "assembly", "point": "seal@A", "stock": 50, "min": 60, "target": 80, "max": 200, "unit": "", "status": "short", "since": "2026-11-23 06:00", "by": 10, "days out": 1.00, "value outside": 140}
	// ]
}

// A ledger that begins with what the problem begins with.
func ExampleOpening() {
	var ledger wip.Ledger
	p := pumpWorks()
	fmt.Println(ledger.Append(daily.Opening(p)...), ledger.Balance(at("seal", "A"), p.Now))
	// Output:
	// <nil> 50
}
