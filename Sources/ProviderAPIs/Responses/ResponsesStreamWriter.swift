package import GatewayCore
package import NIOCore

/// Writes the events of a stream as the semantic events of the Responses API, of which the last repeats the whole
/// answer: so it is kept until then, up to a limit. Of several choices only the first has a place.
package struct ResponsesStreamWriter: AnswerStreamEncoder {
    private let request: Conversation
    private let limit: Int
    private var byteCount = 0
    private var frames = ResponsesFrames()
    private var object: ResponsesObject
    private var hasStarted = false
    private var hasEnded = false
    /// The items that are over, by their place in the output.
    private var done: [Int: JSONText] = [:]
    private var count = 0
    /// The message or thought that still grows.
    private var open: ResponsesOpenItem?
    /// Calls that still grow, by their number: fragments of several may alternate.
    private var calls: [Int: ResponsesOpenItem] = [:]
    /// Of the text that comes next.
    private var logprobs: [JSONText] = []
    private var status = ResponsesObject.Status.completed
    private var isFinished = false
    private var usage: TokenUsage?

    package var isOverfull: Bool { byteCount > limit }

    /// - Parameter limit: bytes of answer to keep.
    package init(request: Conversation, limit: Int = 32 << 20) {
        self.request = request
        self.limit = limit
        object = ResponsesObject(request: request, ids: ResponsesIDs(answer: nil))
    }

    package mutating func encode(_ event: AnswerEvent, into output: inout ByteBuffer) {
        guard !hasEnded else { return }
        frames.output = ByteBuffer()
        switch event {
        case .started(let id, let model, let created):
            guard !hasStarted else { return }
            object = ResponsesObject(
                request: request, ids: ResponsesIDs(answer: id), model: model, created: created, serviceTier: nil)
            start()
        case .usage(let counted): usage = counted
        case .text("", _), .refusal("", _), .thinking("", _): return
        case .ended: if !isOverfull { end() }
        default:
            // An item weighs something even when it is empty.
            byteCount += event.size + 64
            if isOverfull { return }
            start()
            add(event)
        }
        output.writeImmutableBuffer(frames.output)
    }

    package mutating func fail(_ error: GatewayError, into output: inout ByteBuffer) {
        guard !hasEnded else { return }
        hasEnded = true
        frames.output = ByteBuffer()
        // Clients take no event in front of the one that begins the response, an error neither.
        start()
        let code = error.code == .rateLimited ? "rate_limit_exceeded" : "server_error"
        writeResponse("response.failed", .failed(code: code, message: error.message))
        output.writeImmutableBuffer(frames.output)
    }

    private mutating func add(_ event: AnswerEvent) {
        switch event {
        case .logprobs(let more, 0): logprobs += more.responsesLogprobs
        case .text(let text, 0):
            openMessage()
            open?.speak(text, isRefusal: false, logprobs: logprobs, to: &frames)
            logprobs = []
        case .refusal(let text, 0):
            openMessage()
            open?.speak(text, isRefusal: true, logprobs: [], to: &frames)
        case .thinking(let text, 0):
            openThought()
            open?.think(text, to: &frames)
        case .signature(let signature, 0):
            openThought()
            open?.seal = .thought(signature: signature)
            closeOpen()
        case .redactedThinking(let data, 0): addThought(.redacted(data))
        case .toolCall(let index, let id, let name, let signature, 0):
            closeOpen()
            if let signature { addThought(.call(id: id, signature: signature)) }
            calls[index] = begin("fc", .call(ToolCall(id: id, name: name, arguments: "")))
        case .toolArguments(let index, let text, 0): calls[index]?.argue(text, to: &frames)
        case .native(let native, 0):
            guard let element = native.element, ResponsesItems.isItem(element) else { return }
            closeOpen()
            finish(begin("", .native(native)))
        case .finished(let reason, _, _, 0):
            isFinished = true
            status = ResponsesObject.Status(reason)
            closeAll()
        default: return
        }
    }

    // MARK: - Items

    private mutating func begin(_ kind: String, _ content: ResponsesItem.Content) -> ResponsesOpenItem {
        let item = ResponsesItem(id: object.ids.item(kind, at: count), content: content)
        let opened = ResponsesOpenItem(item, at: count)
        count += 1
        frames.write("response.output_item.added") { json in
            json.member("output_index", opened.index)
            json.key("item")
            item.write(status: .inProgress, to: &json)
        }
        return opened
    }

    private mutating func openMessage() {
        if open?.isMessage == true { return }
        closeOpen()
        open = begin("msg", .message([]))
    }

    private mutating func openThought() {
        if open?.isMessage == false { return }
        closeOpen()
        open = begin("rs", .reasoning(text: "", seal: nil))
        open?.seal = .thought(signature: nil)
    }

    /// Adds a thought of which nothing is shown.
    private mutating func addThought(_ seal: ReasoningSeal) {
        closeOpen()
        var thought = begin("rs", .reasoning(text: "", seal: nil))
        thought.seal = seal
        finish(thought)
    }

    private mutating func closeOpen() {
        guard let item = open else { return }
        open = nil
        finish(item)
    }

    private mutating func closeAll() {
        closeOpen()
        for (_, call) in calls.sorted(by: { $0.value.index < $1.value.index }) { finish(call) }
        calls = [:]
    }

    private mutating func finish(_ item: ResponsesOpenItem) {
        var item = item
        // Where an answer breaks off, it is its last item that does.
        let breaksOff = status != .completed && item.index == count - 1
        let whole = item.close(breaksOff ? .incomplete : .completed, to: &frames)
        done[item.index] = whole
        frames.write("response.output_item.done") { json in
            json.member("output_index", item.index)
            json.member("item", whole)
        }
    }

    // MARK: - The response

    private mutating func start() {
        guard !hasStarted else { return }
        hasStarted = true
        writeResponse("response.created", .inProgress)
        writeResponse("response.in_progress", .inProgress)
    }

    private mutating func end() {
        start()
        if !isFinished { status = ResponsesObject.Status(nil) }
        closeAll()
        hasEnded = true
        writeResponse(status == .completed ? "response.completed" : "response.incomplete", status)
    }

    private mutating func writeResponse(_ type: String, _ status: ResponsesObject.Status) {
        let output = status == .inProgress ? [] : done.sorted { $0.key < $1.key }.map(\.value)
        frames.write(type) { json in
            json.key("response")
            object.write(status, output: output, usage: usage, to: &json)
        }
    }
}

extension AnswerEvent {
    /// Bytes it adds to an answer.
    fileprivate var size: Int {
        switch self {
        case .text(let text, _), .refusal(let text, _), .thinking(let text, _), .signature(let text, _),
            .redactedThinking(let text, _), .toolArguments(_, let text, _):
            text.utf8.count
        case .toolCall(_, let id, let name, let signature, _):
            id.utf8.count + name.utf8.count + (signature?.utf8.count ?? 0)
        case .native(let json, _), .logprobs(let json, _): json.bytes.readableBytes
        case .started, .finished, .usage, .ended: 0
        }
    }
}
