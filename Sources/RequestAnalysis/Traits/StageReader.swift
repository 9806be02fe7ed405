import GatewayCore

/// Follows the tool calls of a conversation and keeps what the last steps looked like.
struct StageReader {
    /// One answer with tool calls, and what came back.
    private struct Step {
        var errors = 0
        var repeats = 0
        var writes = 0
        var reads = 0
    }

    /// Calls remembered to find repeats among.
    private static let callLimit = 256
    /// Bytes of a tool's result in which a failure is looked for: it says so at its beginning.
    private static let resultPrefix = 240

    private var steps = 0
    private var recent: [Step] = []
    private var calls: Set<UInt64> = []
    private var endsWithToolResult = false

    private static let kinds = PhraseAutomaton([
        "write*", "edit*", "patch*", "apply*", "create*", "insert*", "replace*", "delete*", "update*", "commit*",
        "read*", "list*", "search*", "grep*", "find*", "ls", "get*", "fetch*", "view*", "open*", "glob*", "lookup*",
    ])
    private static let writeKinds = 10
    private static let failures = PhraseAutomaton([
        "error*", "traceback", "exception", "failed", "failure", "not found", "no such file", "permission denied",
        "exit code 1", "exit status 1", "timed out", "fatal", "panic", "assertionerror", "invalid", "cannot",
    ])

    /// The user spoke: a new task begins.
    mutating func takeUser() {
        steps = 0
        recent = []
        calls = []
        endsWithToolResult = false
    }

    /// An answer of the model.
    mutating func takeAssistant(calls list: JSONElement?) {
        endsWithToolResult = false
        guard let list, list.kind == .array else { return }
        var step = Step()
        var count = 0
        for call in list.elements {
            count += 1
            take(call["function"] ?? call, into: &step)
        }
        guard count > 0 else { return }
        steps += 1
        recent.append(step)
        if recent.count > StageSignals.window { recent.removeFirst() }
    }

    private mutating func take(_ function: JSONElement, into step: inout Step) {
        // Who makes two calls collide makes his own loop look stuck, and nothing else.
        var call = FNV1a()
        function["name"]?.withText { name in
            call.add(name)
            // Names are often written as one word with capitals: readFile, search_files, mcp.edit.
            let words = Self.split(name)
            var isWrite = false
            var isRead = false
            Self.kinds.scan(words.span) { kind in
                if kind < Self.writeKinds { isWrite = true } else { isRead = true }
            }
            if isWrite { step.writes += 1 } else if isRead { step.reads += 1 }
        }
        function["arguments"]?.withText { call.add($0) }
        if calls.contains(call.value) {
            step.repeats += 1
        } else if calls.count < Self.callLimit {
            calls.insert(call.value)
        }
    }

    /// What a tool answered.
    mutating func takeResult(_ content: JSONElement?) {
        endsWithToolResult = true
        guard !recent.isEmpty, let content else { return }
        var isFailure = false
        _ = content.withText { text in
            let words = WordText.words(of: text.extracting(first: min(text.count, Self.resultPrefix)))
            Self.failures.scan(words.span) { _ in isFailure = true }
        }
        if isFailure { recent[recent.count - 1].errors += 1 }
    }

    var signals: StageSignals {
        var signals = StageSignals()
        signals.toolSteps = steps
        signals.endsWithToolResult = endsWithToolResult
        for step in recent {
            signals.recentErrors += step.errors
            signals.recentRepeats += step.repeats
            signals.recentWrites += step.writes
            signals.recentReads += step.reads
        }
        return signals
    }

    /// The words of a name in camel case or with separators.
    private static func split(_ name: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in 0..<min(name.count, 128) {
            let byte = name[index]
            let isUpper = byte &- UInt8(ascii: "A") < 26
            if isUpper || byte == UInt8(ascii: "_") { bytes.append(UInt8(ascii: " ")) }
            if byte != UInt8(ascii: "_") { bytes.append(byte) }
        }
        return WordText.words(of: bytes)
    }
}
