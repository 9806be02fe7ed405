import GatewayCore

/// The traits of a request as numbers and labels, so that its choice can be made again without it. Its words are not
/// in it: rules by keyword decide nothing in a replay.
extension RequestTraits {
    /// As members of a JSON object, with short keys.
    func write(into writer: inout JSONWriter) {
        writer.member("n", [Int(needs.rawValue), maxTokens ?? -1, choices, messageCount, userTurns, toolBytes])
        let roles = [text.system, text.user, text.assistant, text.tool]
        writer.member("b", roles.flatMap { [$0.latin, $0.cjk, $0.code] })
        writer.member("k", task.rawValue)
        writer.member("kc", rounded: taskConfidence)
        writer.member("s", signs.numbersOfRecord)
        writer.member("a", stage.numbersOfRecord)
        writer.member("l", language)
        // A picture of unknown size is 0 wide.
        let sizes = images.flatMap { [$0?.width ?? 0, $0?.height ?? 0, $0?.isLowDetail ?? false ? 1 : 0] }
        if !sizes.isEmpty { writer.member("i", sizes) }
        if !metadata.isEmpty {
            writer.object("m") { writer in
                for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { writer.member(key, value) }
            }
        }
    }

    /// Reads what ``write(into:)`` wrote; nil when it is something else.
    init?(record: JSONElement) {
        self.init()
        guard let numbers = record["n"]?.integers, numbers.count == 6, let bytes = record["b"]?.integers,
            bytes.count == 12, let signs = record["s"]?.integers.flatMap({ PromptSigns(record: $0) }),
            let stage = record["a"]?.integers.flatMap({ StageSignals(record: $0) }),
            let task = record["k"]?.string.flatMap({ TaskType(rawValue: $0) })
        else { return nil }
        needs = ModelCapabilities(rawValue: UInt16(truncatingIfNeeded: numbers[0]))
        maxTokens = numbers[1] < 0 ? nil : numbers[1]
        (choices, messageCount, userTurns, toolBytes) = (max(1, numbers[2]), numbers[3], numbers[4], numbers[5])
        text.system = ScriptBytes(latin: bytes[0], cjk: bytes[1], code: bytes[2])
        text.user = ScriptBytes(latin: bytes[3], cjk: bytes[4], code: bytes[5])
        text.assistant = ScriptBytes(latin: bytes[6], cjk: bytes[7], code: bytes[8])
        text.tool = ScriptBytes(latin: bytes[9], cjk: bytes[10], code: bytes[11])
        self.task = task
        taskConfidence = Float(record["kc"]?.double ?? 0)
        self.signs = signs
        self.stage = stage
        language = record["l"]?.string
        let sizes = record["i"]?.integers ?? []
        images = stride(from: 0, to: sizes.count - sizes.count % 3, by: 3).map { index in
            sizes[index] == 0
                ? nil
                : ImageSize(width: sizes[index], height: sizes[index + 1], isLowDetail: sizes[index + 2] == 1)
        }
        for member in record["m"]?.members.map(\.self) ?? [] { metadata[member.name] = member.value.string }
    }
}

extension JSONElement {
    /// The numbers of an array; nil when something else is in it, or a number no request has.
    fileprivate var integers: [Int]? {
        guard kind == .array else { return nil }
        var numbers: [Int] = []
        for element in elements {
            guard let number = element.integer, (-1...1_000_000_000).contains(number) else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}

extension PromptSigns {
    fileprivate var numbersOfRecord: [Int] {
        [
            bytes, words, lines, codeBytes, questionMarks, listItems, numbers, mathSigns, constraints, depth, steps,
            smallTalk,
        ]
    }

    fileprivate init?(record: [Int]) {
        guard record.count == 12 else { return nil }
        self.init()
        (bytes, words, lines, codeBytes) = (record[0], record[1], record[2], record[3])
        (questionMarks, listItems, numbers, mathSigns) = (record[4], record[5], record[6], record[7])
        (constraints, depth, steps, smallTalk) = (record[8], record[9], record[10], record[11])
    }
}

extension StageSignals {
    fileprivate var numbersOfRecord: [Int] {
        [toolSteps, endsWithToolResult ? 1 : 0, recentErrors, recentRepeats, recentWrites, recentReads]
    }

    fileprivate init?(record: [Int]) {
        guard record.count == 6 else { return nil }
        self.init()
        toolSteps = record[0]
        endsWithToolResult = record[1] == 1
        (recentErrors, recentRepeats) = (record[2], record[3])
        (recentWrites, recentReads) = (record[4], record[5])
    }
}
