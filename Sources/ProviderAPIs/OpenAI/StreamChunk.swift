internal import GatewayCore

/// One chunk of a stream, its members found in one pass.
struct StreamChunk {
    private(set) var choices: [StreamChoice] = []
    /// Nil when it is absent or null.
    private(set) var usage: JSONElement?
    /// Whether there is a member for usage, null or not.
    private(set) var mentionsUsage = false
    private(set) var isError = false
    /// What belongs to the answer as a whole: id, model and whatever a vendor adds.
    private(set) var envelope: [(name: String, value: JSONElement)] = []

    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer` when `root`, an object, is no chunk. An error object
    ///   is not looked at any further.
    init(_ root: JSONElement) throws(ProviderFailure) {
        var choices: JSONElement?
        for member in root.members {
            let value = member.value
            switch member.name {
            case "choices": choices = value
            case "usage":
                mentionsUsage = true
                usage = value.isNull ? nil : value
            case "error": if !value.isNull { isError = true }
            case "object": if value.string == "error" { isError = true }
            // Padding that hides the lengths of words on the wire.
            case "obfuscation": continue
            case let name: envelope.append((name, value))
            }
        }
        if let choices, !choices.isNull, !isError { self.choices = try StreamChoice.read(choices) }
    }
}
