package layering

// A rule says which packages of this module the packages of a pattern may
// import. A pattern is a folder, or a folder and all below it if it ends in
// "/...". Public stands for every public package.
type rule struct {
	packages string
	imports  []string
}

const public = "public"

// policy is what the code of packages may import; tests may import more. Of
// the rules whose pattern fits, the first one holds. What no rule is about is
// an error: a new package needs a line here.
var policy = []rule{
	// The leaves see nothing of each other, but capacity works by calendars.
	{"calendar", nil},
	{"capacity", []string{"calendar"}},
	{"wip", nil},
	// The standards of operational planning are formulas about stock and time.
	{"wip/norms", []string{"calendar", "wip"}},
	// So are the measures of what came of a plan.
	{"wip/performance", []string{"calendar", "wip"}},
	{"wip/stocktake", []string{"wip", "internal/table"}},

	// The model sees the leaves, and no planner.
	{"schedule", []string{"calendar", "capacity", "wip"}},

	// The heuristic planner asks the judge whether an earlier plan may stand;
	// the judge sees no planner.
	// Planners see the model and the engines that they need; heuristic ends
	// with sequence, and release has its lots placed by heuristic.
	{"schedule/heuristic", []string{"schedule", "schedule/sequence", "schedule/verify", "calendar", "capacity", "wip"}},
	{"schedule/release", []string{"schedule", "schedule/heuristic", "calendar", "capacity", "wip", "internal/lp", "internal/lotsize"}},
	{"schedule/sequence", []string{"schedule", "calendar", "capacity", "wip", "schedule/internal/core", "schedule/internal/search"}},
	{"schedule/shop", []string{"schedule/internal/core", "schedule/internal/search"}},

	// What comes after the plan: standards derived from it, its execution in
	// simulation, its correction, its documents and the lessons.
	{"schedule/standards", []string{"schedule", "calendar", "capacity", "wip", "wip/norms", "internal/table"}},
	{"schedule/simulate", []string{"schedule", "calendar", "capacity", "wip"}},
	{"schedule/control", []string{"schedule", "schedule/heuristic", "schedule/sequence", "schedule/verify", "calendar", "capacity", "wip"}},
	{"schedule/daily", []string{"schedule", "calendar", "capacity", "wip", "wip/performance", "internal/table"}},
	{"schedule/cooperation", []string{"schedule", "calendar", "capacity", "wip", "internal/table"}},
	{"schedule/analysis", []string{"schedule", "schedule/heuristic", "calendar", "capacity", "wip", "wip/performance", "wip/stocktake", "internal/table"}},

	// The engines see no public type.
	{"schedule/internal/core", nil},
	{"schedule/internal/...", []string{"schedule/internal/...", "internal/invariants"}},
	{"internal/lp", []string{"internal/invariants"}},
	{"internal/lotsize", []string{"internal/lp"}},
	{"internal/invariants", nil},
	// Reports are printed alike.
	{"internal/table", nil},

	// The judge and those who write, read and draw plans see the model only.
	{"schedule/verify", []string{"schedule", "calendar", "capacity", "wip"}},
	{"schedule/codec", []string{"schedule", "calendar", "capacity", "wip"}},
	{"schedule/gantt", []string{"schedule", "calendar", "capacity", "wip"}},

	// Examples are programs as anyone outside could write them.
	{"examples/frepple/...", []string{public, "examples/frepple/internal/..."}},
	{"examples/...", []string{public}},
	{"benchmarks/...", []string{public, "benchmarks/internal/...", "internal/lp", "internal/lotsize", "internal/scenario"}},

	// For tests.
	{"internal/scenario", []string{"schedule", "calendar", "capacity", "wip"}},
	{"internal/docs", nil},
	{"internal/traps", nil},
	{"internal/layering", nil},
	{"internal/api", nil},
}

// programs are the packages that nobody builds on. All others are libraries:
// they touch no file, socket or clock, and draw no numbers that another
// version of Go could change.
var programs = []string{"examples/...", "benchmarks/...", "schedule/internal/duel"}

// banned are standard packages that libraries do not import, each with all
// packages below it, but for those in spared.
var (
	banned = []string{"os", "net", "log", "syscall", "unsafe", "C", "plugin", "math/rand"}
	spared = []string{"log/slog", "math/rand/v2"}
)

// clockReaders are the functions of package time that libraries do not call.
var clockReaders = []string{"Now", "Since", "Until", "Sleep", "After", "Tick", "NewTimer", "NewTicker", "AfterFunc"}

// dependencies are the modules besides the standard library that code may
// import, and those that tests may import too.
var (
	dependencies     = []string{"gonum.org/v1/gonum", "golang.org/x/exp"}
	testDependencies = []string{"github.com/stretchr/testify"}
)
