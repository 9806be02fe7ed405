internal import GatewayCore

/// One chunk of a stream, its members found in one pass.
struct StreamChunk {
    private(set) var choices: [StreamChoice] = []
    /// Nil when it is absent or null.
    private(set) var usage: JSONElement?
    /// Where the members for usage stand, null or not, each with one comma. Ranges in the text, in its order.
    private(set) var usageRanges: [Range<Int>] = []
    private(set) var isError = false
    /// What belongs to the answer as a whole: id, model and whatever a vendor adds.
    private(set) var envelope: [(name: String, value: JSONElement)] = []

    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer` when `root`, an object, is no chunk. An error object
    ///   is not looked at any further.
    init(_ root: JSONElement) throws(ProviderFailure) {
        var choices: JSONElement?
        // Where the last other member ends: the comma there goes with a usage that follows.
        var end: Int?
        for member in root.members {
            let value = member.value
            let name = member.name
            // In front of all others it takes the comma behind it.
            if end == nil, let first = usageRanges.popLast() {
                usageRanges.append(first.lowerBound..<member.key.range.lowerBound)
            }
            if name != "usage" { end = value.range.upperBound }
            switch name {
            case "choices": choices = value
            case "usage":
                let start = max(usageRanges.last?.upperBound ?? 0, end ?? member.key.range.lowerBound)
                usageRanges.append(start..<value.range.upperBound)
                usage = value.isNull ? nil : value
            case "error": if !value.isNull { isError = true }
            case "object": if value.string == "error" { isError = true }
            // Padding that hides the lengths of words on the wire.
            case "obfuscation": continue
            default: envelope.append((name, value))
            }
        }
        if let choices, !choices.isNull, !isError { self.choices = try StreamChoice.read(choices) }
    }
}
