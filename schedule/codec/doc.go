// Package codec writes problems and plans as JSON and as CSV tables, and reads
// them back.
//
// The JSON is versioned and strict: an unknown field, a value of the wrong kind
// or a number that an item's decimals cannot hold is an error with its line and
// column, and all such errors of a text are reported together. What was written
// is read back as it was, and equal values give equal bytes. FORMAT.md beside
// this file shows a complete small example; problem.schema.json and
// plan.schema.json say the same to programs.
//
// In texts,
//
//   - fields that are zero are left out, and lists that are empty;
//   - instants are RFC 3339 in UTC, durations ISO 8601 ("PT1H30M"), times of
//     day "06:00", dates "2026-03-02";
//   - amounts are decimal numbers in the item's unit of measure: 12375 g of an
//     item with unit kg and 3 decimals are 12.375. They are exact or refused;
//   - enumerations are names.
//
// Reading does not validate: see [schedule.Problem.Validate].
package codec
