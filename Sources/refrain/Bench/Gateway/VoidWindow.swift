/// A window in which a request failed: it counts for nothing.
struct VoidWindow: Codable, Equatable, Sendable {
    var leg: LegName
    var kind: WindowKind
    var round = 1
    var failures = 0
    var reason = ""
    /// Whether a later attempt at the same window was good.
    var wasRepeated = false
}
