package main
import ("testing";"context";"os";"fmt")
func TestTune(t *testing.T){ if err:=compare(context.Background(),os.Stdout,11,8,28); err!=nil {t.Fatal(err)} }
func TestOne(t *testing.T){ 
 for _,pol:=range policies {
 m,_:=begin(context.Background(),11,28)
 fmt.Println(pol.name, m.first.Metrics.OnTimeLines, m.first.Metrics.Cost)
 m.run(context.Background(),pol,func(d *day) error {
   x:=d.desk.plan.Metrics
   if d.revision==nil {return nil}
   fmt.Println(d.at.Format("01-02"),x.OnTimeLines,x.Lines,x.Cost,len(d.revision.Changes),len(d.revision.Problem.Orders),d.desk.ledger.State(d.at).Down)
   for _,e:=range d.revision.Effects {fmt.Println("      ",e)}
   return nil})
  s,_:=m.score(); fmt.Println(s)
  for _,l := range m.plant.Result().Lines { if l.Due.Before(m.until) { fmt.Print(" ",l.Line,":",l.Due.Format("02T15:04"),l.Last.Format("02T15:04"), l.LateUnitDays) } }
  fmt.Println()
 }
}
