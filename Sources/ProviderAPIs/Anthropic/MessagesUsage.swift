internal import GatewayCore

/// How counted tokens stand in this dialect: three disjoint counts of input, and the output with its thoughts.
///
/// Counts in a stream are totals so far: each takes the place of the one before, and what an event leaves out stays.
struct MessagesUsage: Sendable {
    private var input = 0
    private var read = 0
    private var written = 0
    private var writtenForAnHour = 0
    private var output = 0
    private var thought = 0
    private var isTold = false

    /// Nil until something was counted.
    var usage: TokenUsage? {
        guard isTold else { return nil }
        let hour = min(writtenForAnHour, written)
        let thought = min(thought, output)
        return TokenUsage(
            inputUncached: input, cacheRead: read, cacheWrite5m: written - hour, cacheWrite1h: hour,
            outputText: output - thought, outputReasoning: thought)
    }

    mutating func update(_ element: JSONElement?) {
        guard let element, element.kind == .object else { return }
        isTold = true
        input = Self.count(element["input_tokens"]) ?? input
        read = Self.count(element["cache_read_input_tokens"]) ?? read
        output = Self.count(element["output_tokens"]) ?? output
        thought = Self.count(element["output_tokens_details"]?["thinking_tokens"]) ?? thought
        let kept = element["cache_creation"]
        let hour = Self.count(kept?["ephemeral_1h_input_tokens"])
        let minutes = Self.count(kept?["ephemeral_5m_input_tokens"])
        writtenForAnHour = hour ?? writtenForAnHour
        let sum = (hour ?? 0).addingReportingOverflow(minutes ?? 0)
        written = Self.count(element["cache_creation_input_tokens"])
            ?? (hour == nil && minutes == nil ? written : sum.overflow ? .max : sum.partialValue)
    }

    private static func count(_ element: JSONElement?) -> Int? {
        guard let element, element.kind == .number else { return nil }
        return max(0, element.integer ?? .max)
    }

    // MARK: - Writing

    /// Audio has no count of its own here and belongs to its side.
    static func write(_ usage: TokenUsage, serviceTier: String? = nil, to json: inout JSONWriter) {
        let written = sum(usage.cacheWrite5m, usage.cacheWrite1h)
        json.object { json in
            json.member("input_tokens", sum(usage.inputUncached, usage.inputAudio))
            json.member("cache_creation_input_tokens", written)
            json.member("cache_read_input_tokens", usage.cacheRead)
            json.object("cache_creation") {
                $0.member("ephemeral_5m_input_tokens", usage.cacheWrite5m)
                $0.member("ephemeral_1h_input_tokens", usage.cacheWrite1h)
            }
            json.member("output_tokens", usage.completionTokens)
            if usage.outputReasoning > 0 {
                json.object("output_tokens_details") { $0.member("thinking_tokens", usage.outputReasoning) }
            }
            json.member("service_tier", serviceTier)
        }
    }

    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflows) = left.addingReportingOverflow(right)
        return overflows ? .max : sum
    }
}
