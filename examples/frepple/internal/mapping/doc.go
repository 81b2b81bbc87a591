// Package mapping turns a model in frePPLe's format into a planning problem.
//
// Each buffer becomes an item at a location, each operation that makes
// something a routing of what it makes, a purchase a supply and a transfer a
// lane. Deliveries that take time, and operations that only wait for each
// other, make items that exist on paper only. Orders that are fixed already
// become what they do: material that arrives, material that is reserved, and
// resources that are taken.
//
// What cannot be mapped is an error with the line and name it stands under;
// what is mapped less exactly than the format means it is a note.
package mapping
