package lp

// A matrix is sparse, by columns or by rows as its user says: the entries of
// line j are index[k], value[k] for start[j] ≤ k < start[j+1].
type matrix struct {
	start []int
	index []int32
	value []float64
}

// columns returns the matrix of p by columns, sharing its slices.
func columns(p *Problem) matrix {
	if len(p.Start) == 0 {
		return matrix{start: []int{0}}
	}
	return matrix{p.Start, p.Index, p.Value}
}

// transpose returns the matrix of p by rows, each with ascending columns.
func transpose(p *Problem) matrix { return columns(p).transpose(p.Rows()) }

// transpose returns a with lines and indices exchanged; lines says how many
// lines the result has.
func (a matrix) transpose(lines int) matrix {
	t := matrix{make([]int, lines+1), make([]int32, len(a.index)), make([]float64, len(a.value))}
	for _, i := range a.index {
		t.start[i+1]++
	}
	for i := range lines {
		t.start[i+1] += t.start[i]
	}
	for j := range len(a.start) - 1 {
		for k := a.start[j]; k < a.start[j+1]; k++ {
			i := a.index[k]
			t.index[t.start[i]], t.value[t.start[i]] = int32(j), a.value[k]
			t.start[i]++
		}
	}
	copy(t.start[1:], t.start[:lines])
	t.start[0] = 0
	return t
}
