import GatewayCore

/// Walks the document of a request once and writes down what routing needs to know of it.
///
/// Cost: one look at each byte of text for its script, and for the last user message one for its words and one for
/// what they mean. Nothing of a picture is read but its header.
struct TraitsReader {
    private var traits = RequestTraits()
    private var stage = StageReader()
    /// The content of the last user message.
    private var prompt: JSONElement?
    private var promptScan = ScriptScan()
    private var system: JSONElement?

    /// Pictures whose size is looked at; further ones are counted as of standard size.
    private static let imageLimit = 64
    /// Bytes of the first system message read for signs of the task.
    private static let systemBytes = 1024

    /// - Throws: `invalidRequest` for a metadata header that cannot be understood.
    static func read(_ request: ChatRequest, metadata: String?) throws(GatewayError) -> RequestTraits {
        var reader = TraitsReader()
        if request.isStream { reader.traits.needs.insert(.streaming) }
        var body: JSONElement?
        for member in request.document.root.members {
            if member.hasName("metadata") { body = member.value } else { reader.take(member) }
        }
        reader.traits.metadata = try RequestMetadata.read(body: body, header: metadata)
        reader.finish()
        return reader.traits
    }

    private mutating func take(_ member: JSONMember) {
        let value = member.value
        switch member.name {
        case "messages": takeMessages(value)
        case "tools", "functions":
            guard value.kind == .array, value.elements.contains(where: { _ in true }) else { return }
            traits.needs.insert(.tools)
            traits.toolBytes += value.range.count
        case "parallel_tool_calls": if value.bool == true { traits.needs.insert(.parallelTools) }
        case "response_format": takeFormat(value)
        case "max_completion_tokens": takeLimit(value, isPreferred: true)
        case "max_tokens": takeLimit(value, isPreferred: false)
        case "n": traits.choices = min(max(value.integer ?? 1, 1), 128)
        case "reasoning_effort":
            if let effort = value.string, effort != "none", effort != "minimal" { traits.needs.insert(.reasoning) }
        case "reasoning", "thinking": if Self.asksForThought(value) { traits.needs.insert(.reasoning) }
        case "modalities":
            if value.elements.contains(where: { $0.string == "audio" }) { traits.needs.insert(.audioOutput) }
        default: return
        }
    }

    /// Whether an object of the many forms there are asks for thoughts, and does not leave them to the model.
    private static func asksForThought(_ value: JSONElement) -> Bool {
        switch value["type"]?.string {
        case "enabled": return true
        case "disabled", "adaptive": return false
        default: break
        }
        if let budget = (value["budget_tokens"] ?? value["max_tokens"])?.integer { return budget > 0 }
        if let effort = value["effort"]?.string { return effort != "none" && effort != "minimal" }
        return value["enabled"]?.bool ?? false
    }

    private mutating func takeLimit(_ value: JSONElement, isPreferred: Bool) {
        guard let limit = value.integer, limit > 0, isPreferred || traits.maxTokens == nil else { return }
        traits.maxTokens = limit
    }

    private mutating func takeFormat(_ value: JSONElement) {
        switch value["type"]?.string {
        case "json_object": traits.needs.insert(.jsonMode)
        case "json_schema":
            traits.needs.insert(.jsonSchema)
            traits.toolBytes += value["json_schema"]?.range.count ?? 0
        default: return
        }
    }

    // MARK: - Messages

    private mutating func takeMessages(_ messages: JSONElement) {
        for message in messages.elements {
            traits.messageCount += 1
            var role: JSONElement?
            var content: JSONElement?
            var calls: JSONElement?
            for member in message.members {
                switch member.name {
                case "role": role = member.value
                case "content": content = member.value
                case "tool_calls": calls = member.value
                case "function_call": traits.toolBytes += member.value.range.count
                default: continue
                }
            }
            take(role: role?.string ?? "user", content: content, calls: calls)
        }
    }

    private mutating func take(role: String, content: JSONElement?, calls: JSONElement?) {
        let scan = content.map { takeContent($0) } ?? ScriptScan()
        let bytes = scan.bytes
        switch role {
        case "system", "developer":
            traits.text.system += bytes
            if system == nil { system = content }
        case "assistant":
            traits.text.assistant += bytes
            stage.takeAssistant(calls: calls)
            if let calls, calls.kind == .array { traits.toolBytes += calls.range.count }
        case "tool", "function":
            traits.text.tool += bytes
            traits.needs.insert(.tools)
            stage.takeResult(content)
        default:
            traits.text.user += bytes
            traits.userTurns += 1
            prompt = content
            promptScan = scan
            stage.takeUser()
        }
    }

    /// Counts the text of a content, a string or an array of parts, and notes what else it holds.
    private mutating func takeContent(_ content: JSONElement) -> ScriptScan {
        var scan = ScriptScan()
        if content.kind == .string {
            content.withText { scan.scan($0) }
            return scan
        }
        for part in content.elements {
            if let text = part["text"] { text.withText { scan.scan($0) } } else { takePart(part) }
        }
        return scan
    }

    private mutating func takePart(_ part: JSONElement) {
        switch part["type"]?.string {
        case "image_url", "input_image", "image":
            traits.needs.insert(.vision)
            if traits.images.count < Self.imageLimit { traits.images.append(size(of: part)) }
        case "input_audio", "audio": traits.needs.insert(.audioInput)
        case "file", "input_file", "document": traits.needs.insert(.documents)
        default: return
        }
    }

    private func size(of part: JSONElement) -> ImageSize? {
        let picture = part["image_url"] ?? part["source"]
        let isLow = (picture?["detail"] ?? part["detail"])?.string == "low"
        let found: (width: Int, height: Int)?
        if let base64 = picture?["data"] {
            found = base64.withText { ImageHeader(base64: $0).size } ?? nil
        } else {
            let uri = picture?["url"] ?? picture
            found = uri?.withText { ImageHeader(uri: $0)?.size } ?? nil
        }
        if let found { return ImageSize(width: found.width, height: found.height, isLowDetail: isLow) }
        return isLow ? ImageSize(width: 1024, height: 1024, isLowDetail: true) : nil
    }

    // MARK: - Meaning

    private mutating func finish() {
        traits.stage = stage.signals
        var words = WordSigns()
        let scan = promptScan
        for text in texts(of: prompt) {
            text.withText { span in
                traits.prompt += WordText.words(of: span, limit: RequestTraits.promptLimit - traits.prompt.count)
            }
            if traits.prompt.count > RequestTraits.promptLimit - 64 { break }
        }
        words.read(traits.prompt.span, factor: 2)
        let isPlain = words
        for text in texts(of: system).prefix(1) {
            text.withText { span in
                let start = span.extracting(first: min(span.count, Self.systemBytes))
                words.read(WordText.words(of: start).span)
            }
        }
        traits.signs = Self.signs(scan, isPlain, words: traits.prompt)
        if scan.bytes.code * 3 > scan.bytes.total { words.add(.code, weight: 8) }
        if scan.mathSigns * 12 > scan.bytes.total, scan.bytes.code == 0 { words.add(.math, weight: 6) }
        if scan.questionMarks > 0 { words.add(.question, weight: 1) }
        (traits.task, traits.taskConfidence) = words.task
        traits.language = Self.language(scan, words)
    }

    /// The strings of a content, and of nothing but text.
    private func texts(of content: JSONElement?) -> [JSONElement] {
        guard let content else { return [] }
        return content.kind == .string ? [content] : content.elements.compactMap { $0["text"] }
    }

    private static func signs(_ scan: ScriptScan, _ words: WordSigns, words text: [UInt8]) -> PromptSigns {
        var signs = PromptSigns()
        signs.bytes = scan.bytes.total
        // No spaces part Chinese and Japanese words; they have about two signs of three bytes each.
        signs.words = max(0, text.count { $0 == UInt8(ascii: " ") } - 1) + scan.bytes.cjk / 6
        signs.lines = scan.lines
        signs.codeBytes = scan.bytes.code
        signs.questionMarks = scan.questionMarks
        signs.listItems = scan.listItems
        signs.numbers = scan.numbers
        signs.mathSigns = scan.mathSigns
        signs.constraints = words.constraints
        signs.depth = words.depth
        signs.steps = words.steps
        signs.smallTalk = words.smallTalk
        return signs
    }

    private static func language(_ scan: ScriptScan, _ words: WordSigns) -> String? {
        if scan.bytes.cjk * 4 > scan.bytes.total {
            if scan.kana > 0 { return "ja" }
            return scan.hangul > 0 ? "ko" : "zh"
        }
        if scan.leads.total * 5 > scan.bytes.total { return scan.leads.language }
        return words.language
    }
}
