package lp
import ("testing";"context";"fmt")
func TestDbg(t *testing.T){
 for _,seed:=range []uint64{0,1,5,11,20,8095} { p:=reducible(seed); s,err:=Solve(context.Background(),p,Options{}); fmt.Println(seed,s.Status,err,s.PrimalResidual,s.DualResidual, p.Rows(),p.Cols())
 s,err=Solve(context.Background(),p,Options{Method:Primal}); fmt.Println("   ",s.Status) }
}
