/// Why the structural guard refused a candidate. The raw value is the label in metrics and headers.
package enum GuardReason: String, Sendable, CaseIterable {
    /// A quantity stands on one side only, or differs.
    case number
    /// An order number, address, path, version or piece of code stands on one side only.
    case identifier
    /// The two say the opposite of one another.
    case negation
}
