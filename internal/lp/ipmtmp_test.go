package lp
import ("testing";"context";"time";"fmt";"os";"path/filepath";"strings")
func TestIPMTmp(t *testing.T){
 obj:=map[string]float64{}
 for _,k:=range knownPrograms(t){obj[k.name]=k.objective}
 for _,n:=range strings.Fields(os.Getenv("FILES")) {
  k:=known{path:filepath.Join(os.Getenv("DIR"),n+".mps")}
  p:=k.load(t)
  f:=newIPMForm(p,newScaling(p))
  t0:=time.Now()
  var s *interior
  var tp *twoPhaseSolver;var bs *basisSolver
  if os.Getenv("B")!="" { bs=newBasisSolver(f,newConstraints(p,newScaling(p))); tp=&twoPhaseSolver{newDiagonalSolver(f),bs}; s=newInterior(f,tp) } else {
  m:=newNormalMatrix(context.Background(),f)
  s=newInterior(f,m) }
  st:=s.run(context.Background(),1000,func(){ if os.Getenv("V")!="" {fmt.Printf("  %d p %.2e d %.2e gap %.2e mu %.2e obj %.8e\n",s.iterations,s.primalInf,s.dualInf,s.gap,s.mu,s.objective); if bs!=nil {if tp.first!=nil {fmt.Print(tp.first.most)}; fmt.Println("    ",bs.steps,bs.tried,bs.made,time.Since(t0))} }})
  v:=p.Offset; for j,x:=range s.x[:p.Cols()] {v+=f.c[j]*x}
  fmt.Printf("%-10s st %d it %d obj %.10e known %.10e  p %.1e d %.1e gap %.1e %v\n",n,st,s.iterations,v,obj[n],s.primalInf,s.dualInf,s.gap,time.Since(t0).Round(time.Millisecond))
 }
}
