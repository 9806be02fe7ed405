import NIOCore

/// The events of a streamed response, numbered as they come.
struct MockResponseEvents {
    private let turn: MockTurn
    private let response: MockResponseObject
    private var frames: [MockFrame] = []
    private var items = 0

    /// - Parameter errorFrame: the frame that a fault replaces, which its event is numbered by.
    static func list(_ turn: MockTurn, for request: MockResponsesRequest, errorFrame: Int?) -> MockFrameList {
        let response = MockResponseObject(turn, for: request)
        var events = MockResponseEvents(turn: turn, response: response)
        events.addAll()
        let first = events.frames.firstIndex { $0.kind == .token } ?? events.frames.count
        return MockFrameList(
            frames: events.frames, error: response.failing(number: errorFrame.map { $0 - 1 } ?? first),
            malformed: MockFrame.broken(event: "response.output_text.delta"))
    }

    private init(turn: MockTurn, response: MockResponseObject) {
        self.turn = turn
        self.response = response
    }

    private mutating func addAll() {
        let begun = response.object(status: "in_progress", output: [], isOver: false)
        add(.lifecycle, "response.created", [("response", begun)])
        add(.lifecycle, "response.in_progress", [("response", begun)])
        if !turn.thinking.isEmpty { addReasoning() }
        if turn.calls.isEmpty { addMessage() }
        for index in turn.calls.indices { addCall(index) }
        add(.terminal, "response." + response.status, [("response", response.whole)])
    }

    private mutating func add(_ kind: MockFrame.Kind, _ type: String, _ members: [(String, MockJSON)]) {
        var all = [MockJSON.Member(key: "type", value: .string(type))]
        all.append(.init(key: "sequence_number", value: .number(frames.count)))
        all += members.map { MockJSON.Member(key: $0.0, value: $0.1) }
        if kind == .token {
            // Padding that hides how long a token is from who sees the encrypted frames' sizes.
            let padding = MockDigest("\(turn.id) \(frames.count)").hex.prefix(1 + frames.count % 16)
            all.append(.init(key: "obfuscation", value: .string(String(padding))))
        }
        frames.append(MockFrame(kind, event: type, .object(all)))
    }

    private mutating func addItem(
        opened: MockJSON, closed: MockJSON, _ addContent: (inout MockResponseEvents) -> Void
    ) {
        add(.lifecycle, "response.output_item.added", [("output_index", .number(items)), ("item", opened)])
        addContent(&self)
        add(.lifecycle, "response.output_item.done", [("output_index", .number(items)), ("item", closed)])
        items += 1
    }

    private mutating func addReasoning() {
        let place: [(String, MockJSON)] = [
            ("item_id", .string(response.reasoningID)), ("output_index", .number(items)), ("summary_index", 0),
        ]
        let turn = turn
        addItem(opened: response.reasoning(isDone: false), closed: response.reasoning(isDone: true)) { events in
            guard turn.showsThinking else { return }
            let name = "response.reasoning_summary_"
            func part(_ text: String) -> (String, MockJSON) {
                ("part", ["type": "summary_text", "text": .string(text)])
            }
            events.add(.lifecycle, name + "part.added", place + [part("")])
            for token in turn.thinking { events.add(.token, name + "text.delta", place + [("delta", .string(token))]) }
            events.add(.lifecycle, name + "text.done", place + [("text", .string(turn.thought))])
            events.add(.lifecycle, name + "part.done", place + [part(turn.thought)])
        }
    }

    private mutating func addMessage() {
        let place: [(String, MockJSON)] = [
            ("item_id", .string(response.messageID)), ("output_index", .number(items)), ("content_index", 0),
        ]
        let (turn, response) = (turn, response)
        addItem(opened: response.message(isDone: false), closed: response.message(isDone: true)) { events in
            events.add(.lifecycle, "response.content_part.added", place + [("part", response.part(""))])
            let name = turn.isRefusal ? "response.refusal" : "response.output_text"
            let logprobs: [(String, MockJSON)] = turn.isRefusal ? [] : [("logprobs", [])]
            for token in turn.tokens {
                events.add(.token, name + ".delta", place + [("delta", .string(token))] + logprobs)
            }
            let key = turn.isRefusal ? "refusal" : "text"
            events.add(.lifecycle, name + ".done", place + [(key, .string(turn.text))] + logprobs)
            events.add(.lifecycle, "response.content_part.done", place + [("part", response.part(turn.text))])
        }
    }

    private mutating func addCall(_ index: Int) {
        let place: [(String, MockJSON)] = [
            ("item_id", .string(response.callID(index))), ("output_index", .number(items)),
        ]
        let call = turn.calls[index]
        let name = "response.function_call_arguments"
        addItem(opened: response.call(index, isDone: false), closed: response.call(index, isDone: true)) { events in
            for fragment in call.fragments {
                events.add(.token, name + ".delta", place + [("delta", .string(fragment))])
            }
            events.add(
                .lifecycle, name + ".done",
                place + [("name", .string(call.name)), ("arguments", .string(call.arguments))])
        }
    }
}

extension MockResponseObject {
    /// What a failing stream sends: the error, in the nested form that clients raise as well as in the form of the
    /// published type, and the response that failed.
    func failing(number: Int) -> ByteBuffer {
        let message: MockJSON = "The server had an error while processing your request."
        var buffer = MockFrame.event("error", [
            "type": "error", "sequence_number": .number(number), "code": "server_error", "message": message,
            "param": .null,
            "error": ["type": "server_error", "code": "server_error", "message": message, "param": .null],
        ])
        buffer.writeImmutableBuffer(MockFrame.event("response.failed", [
            "type": "response.failed", "sequence_number": .number(number + 1),
            "response": object(status: "failed", output: [], isOver: false),
        ]))
        return buffer
    }
}
