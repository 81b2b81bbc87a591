package lp

// A bucketList keeps items by count in doubly linked lists.
type bucketList struct {
	head, next, prev, count []int32
	top                     int // no item has a greater count
}

func (b *bucketList) init(items, counts int) {
	b.head = grown(b.head, counts+1)
	b.next = grown(b.next, items)
	b.prev = grown(b.prev, items)
	b.count = grown(b.count, items)
	for i := range b.head {
		b.head[i] = -1
	}
	b.top = 0
}

func (b *bucketList) first(count int) int32 {
	if count >= len(b.head) {
		return -1
	}
	return b.head[count]
}

func (b *bucketList) insert(i int32, count int) {
	b.top = max(b.top, count)
	after := b.head[count]
	b.next[i], b.prev[i], b.count[i] = after, -1, int32(count)
	if after >= 0 {
		b.prev[after] = i
	}
	b.head[count] = i
}

func (b *bucketList) remove(i int32) {
	if b.prev[i] >= 0 {
		b.next[b.prev[i]] = b.next[i]
	} else {
		b.head[b.count[i]] = b.next[i]
	}
	if b.next[i] >= 0 {
		b.prev[b.next[i]] = b.prev[i]
	}
}

func (b *bucketList) move(i int32, count int) {
	b.remove(i)
	b.insert(i, count)
}
