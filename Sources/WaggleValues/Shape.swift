/// The ordered keys of a record, shared by every record that has the same ones.
///
/// Shapes are interned from a root per record type, so two records of one type with the same keys
/// have the same shape object: a field node compares one pointer and knows the slot.
package final class Shape: @unchecked Sendable {
  /// The keys in order.
  package let keys: [String]
  /// The type of the records of this shape; nil for plain records.
  package let type: RecordType?

  init(keys: [String], type: RecordType?) {
    self.keys = keys
    self.type = type
  }
}
