package core

// A Shape classifies models by the engines that can take them.
type Shape uint8

const (
	// General models have something the special engines do not know.
	General Shape = iota
	// Flexible job shops are jobs of operations one after another, each on
	// one of several unary machines that work always, and nothing else but
	// release and due dates.
	Flexible
	// JobShop is a flexible job shop in which each operation has one mode.
	JobShop
)

// Shape returns the narrowest class the model is in. The objective does not
// matter for it.
func (m *Model) Shape() Shape {
	if !m.plainMachines() || !m.plainOperations() || !m.chains() {
		return General
	}
	if len(m.ModeTime) > m.Ops() {
		return Flexible
	}
	return JobShop
}

func (m *Model) plainMachines() bool {
	for _, r := range m.Resources {
		if r.Capacity != 1 || r.Calendar >= 0 || r.Setup >= 0 {
			return false
		}
	}
	return len(m.NeedResource) == len(m.ModeTime)
}

func (m *Model) plainOperations() bool {
	for o := range int32(m.Ops()) {
		if m.Has(o, Blocking) {
			return false
		}
		if m.FixedStart != nil && m.FixedStart[o] >= 0 || m.FixedMode != nil && m.FixedMode[o] >= 0 {
			return false
		}
	}
	for _, j := range m.Jobs {
		if j.Deadline < Never {
			return false
		}
	}
	return true
}

// chains says that JobOp lists every job in its only possible order and that
// no arc asks for more than that.
func (m *Model) chains() bool {
	for i := range m.Arcs {
		a := &m.Arcs[i]
		if a.Kind != EndStart || a.Min != 0 || a.Max < Never || m.OpJob[a.From] != m.OpJob[a.To] {
			return false
		}
	}
	for j := range m.Jobs {
		ops := m.JobOp[m.JobStart[j]:m.JobStart[j+1]]
		for i, o := range ops {
			in, out := m.InStart[o+1]-m.InStart[o], m.OutStart[o+1]-m.OutStart[o]
			if (in == 1) != (i > 0) || (out == 1) != (i < len(ops)-1) || in > 1 || out > 1 {
				return false
			}
			if i > 0 && m.Arcs[m.InArc[m.InStart[o]]].From != ops[i-1] {
				return false
			}
		}
	}
	return true
}

// OnlyMakespan reports whether the objective is the makespan and nothing else.
func (m *Model) OnlyMakespan() bool {
	for i := range m.Jobs {
		j := &m.Jobs[i]
		if j.Tardiness|j.Earliness|j.Late|j.Flow != 0 {
			return false
		}
	}
	return m.Objective.Makespan > 0 && m.Objective.Setup == 0 && m.Objective.SetupCost == 0
}

// OnlyTardiness reports whether the objective is the weighted tardiness of the
// jobs and nothing else.
func (m *Model) OnlyTardiness() bool {
	sum := int64(0)
	for i := range m.Jobs {
		j := &m.Jobs[i]
		if j.Earliness|j.Late|j.Flow != 0 {
			return false
		}
		sum |= j.Tardiness
	}
	return sum != 0 && m.Objective == Objective{}
}

// Regular reports whether no part of a schedule gets dearer by ending an
// operation earlier.
func (m *Model) Regular() bool {
	for i := range m.Jobs {
		if m.Jobs[i].Earliness != 0 {
			return false
		}
	}
	return true
}
