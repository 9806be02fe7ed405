internal import GatewayCore

/// An item of a stream that still grows. Its text is no payload of an enum: to take it out would copy it for each
/// fragment.
struct ResponsesOpenItem {
    let index: Int
    let item: ResponsesItem
    /// Of a thought.
    var seal: ReasoningSeal?
    private var text = ""
    /// Parts of a message that are over.
    private var parts: [ResponsesItem.Spoken] = []
    /// The part of a message that grows, without its text.
    private var part: ResponsesItem.Spoken?

    init(_ item: ResponsesItem, at index: Int) {
        self.item = item
        self.index = index
    }

    var isMessage: Bool {
        if case .message = item.content { true } else { false }
    }

    // MARK: - Growing

    mutating func speak(
        _ more: String, isRefusal: Bool, logprobs: [JSONText], to frames: inout ResponsesFrames
    ) {
        if part?.isRefusal != isRefusal {
            closePart(to: &frames)
            let opened = ResponsesItem.Spoken(text: "", isRefusal: isRefusal)
            part = opened
            write("response.content_part.added", "content_index", parts.count, to: &frames) { json in
                json.key("part")
                opened.write(to: &json)
            }
        }
        text += more
        part?.logprobs += logprobs
        let type = isRefusal ? "response.refusal.delta" : "response.output_text.delta"
        write(type, "content_index", parts.count, to: &frames) { json in
            json.member("delta", more)
            if !isRefusal { json.array("logprobs") { for one in logprobs { $0.json(one) } } }
        }
    }

    mutating func think(_ more: String, to frames: inout ResponsesFrames) {
        guard !more.isEmpty else { return }
        if text.isEmpty { writeSummaryPart("added", "", to: &frames) }
        text += more
        write("response.reasoning_summary_text.delta", "summary_index", 0, to: &frames) { $0.member("delta", more) }
    }

    mutating func argue(_ more: String, to frames: inout ResponsesFrames) {
        guard !more.isEmpty else { return }
        text += more
        write("response.function_call_arguments.delta", nil, 0, to: &frames) { $0.member("delta", more) }
    }

    // MARK: - Closing

    /// Writes what ends the item's parts.
    /// - Returns: the whole item.
    mutating func close(_ status: ResponsesItem.Status, to frames: inout ResponsesFrames) -> JSONText {
        var whole = item
        switch item.content {
        case .message:
            closePart(to: &frames)
            whole.content = .message(parts)
        case .call(var call):
            call.arguments = text
            whole.content = .call(call)
            write("response.function_call_arguments.done", nil, 0, to: &frames) {
                $0.member("name", call.name)
                $0.member("arguments", call.arguments)
            }
        case .reasoning:
            whole.content = .reasoning(text: text, seal: seal)
            guard !text.isEmpty else { break }
            let thought = text
            write("response.reasoning_summary_text.done", "summary_index", 0, to: &frames) {
                $0.member("text", thought)
            }
            writeSummaryPart("done", thought, to: &frames)
        case .image, .native: break
        }
        return whole.json(status: status)
    }

    private mutating func closePart(to frames: inout ResponsesFrames) {
        guard var over = part else { return }
        part = nil
        over.text = text
        text = ""
        let type = over.isRefusal ? "response.refusal.done" : "response.output_text.done"
        write(type, "content_index", parts.count, to: &frames) { json in
            json.member(over.isRefusal ? "refusal" : "text", over.text)
            if !over.isRefusal { json.array("logprobs") { for one in over.logprobs { $0.json(one) } } }
        }
        write("response.content_part.done", "content_index", parts.count, to: &frames) { json in
            json.key("part")
            over.write(to: &json)
        }
        parts.append(over)
    }

    private func writeSummaryPart(_ end: String, _ text: String, to frames: inout ResponsesFrames) {
        write("response.reasoning_summary_part.\(end)", "summary_index", 0, to: &frames) { json in
            json.key("part")
            ResponsesItem.writeSummary(text, to: &json)
        }
    }

    /// - Parameter place: the name of the index of a part, where the event is about one.
    private func write(
        _ type: String, _ place: String?, _ number: Int, to frames: inout ResponsesFrames,
        _ members: (inout JSONWriter) -> Void
    ) {
        frames.write(type) { json in
            json.member("item_id", item.id)
            json.member("output_index", index)
            if let place { json.member(place, number) }
            members(&json)
        }
    }
}
