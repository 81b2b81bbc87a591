package wip

import "hash/maphash"

// A keyIndex finds the position of an event by its key: a hash table with
// linear probing, of which a slot holds 32 bits of the hash of a key and its
// position + 1. The keys themselves are the journal's. Where a key stands in
// the table differs from run to run, but nothing looks at that.
type keyIndex struct {
	seed  maphash.Seed
	slots []uint64 // a power of 2, at least half of them empty
	n     int
}

// reserve makes room for n more keys, so that slots do not move while these
// are put.
func (x *keyIndex) reserve(n int) {
	size := max(1024, len(x.slots))
	for size < 2*(x.n+n) {
		size *= 2
	}
	if size == len(x.slots) {
		return
	}
	if x.slots == nil {
		x.seed = maphash.MakeSeed()
	}
	old := x.slots
	x.slots = make([]uint64, size)
	for _, s := range old {
		if s != 0 {
			x.slots[x.empty(uint32(s>>32))] = s
		}
	}
}

// empty returns the first slot free for a hash.
func (x *keyIndex) empty(hash uint32) int {
	mask := len(x.slots) - 1
	i := int(hash) & mask
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

func (x *keyIndex) hash(key string) uint32 { return uint32(maphash.String(x.seed, key)) }

// find returns the position of key, or the slot where it belongs.
func (x *keyIndex) find(j *journal, key string, hash uint32) (pos uint32, slot int, ok bool) {
	mask := len(x.slots) - 1
	for i := int(hash) & mask; ; i = (i + 1) & mask {
		s := x.slots[i]
		if s == 0 {
			return 0, i, false
		}
		if uint32(s>>32) == hash {
			if pos = uint32(s) - 1; string(j.key(pos)) == key {
				return pos, i, true
			}
		}
	}
}

func (x *keyIndex) put(slot int, hash, pos uint32) {
	x.slots[slot] = uint64(hash)<<32 | uint64(pos+1)
	x.n++
}

// remove empties a slot. Only the last put may be removed, then the one before
// it, and so on back to the last reserve: their slots were empty, so that no
// other key was looked for beyond them.
func (x *keyIndex) remove(slot int) {
	x.slots[slot] = 0
	x.n--
}
