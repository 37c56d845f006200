import WaggleCatalogue
import WaggleValues

/// What a request is aimed at: an operation of the catalogue, the ids in its path, its query.
struct Target {
  let operation: Operation
  let ids: [String]
  let query: [String: Value]
}
