internal import GatewayCore

/// An item of an answer, with everything OpenAI's types demand of it.
struct ResponsesItem {
    enum Content {
        case message([Spoken])
        case call(ToolCall)
        case reasoning(text: String, seal: ReasoningSeal?)
        /// A picture, base64.
        case image(String)
        /// An item of this dialect as it came.
        case native(JSONText)
    }

    /// A part of a message.
    struct Spoken {
        var text: String
        let isRefusal: Bool
        /// Elements of `logprobs`.
        var logprobs: [JSONText] = []

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("type", isRefusal ? "refusal" : "output_text")
                json.member(isRefusal ? "refusal" : "text", text)
                guard !isRefusal else { return }
                json.array("annotations") { _ in }
                json.array("logprobs") { for one in logprobs { $0.json(one) } }
            }
        }
    }

    enum Status: String {
        case inProgress = "in_progress"
        case completed, incomplete
    }

    let id: String
    var content: Content

    func write(status: Status, to json: inout JSONWriter) {
        if case .native(let native) = content { return json.json(native) }
        json.object { json in
            json.member("id", id)
            switch content {
            case .message(let parts):
                json.member("type", "message")
                json.member("status", status.rawValue)
                json.member("role", "assistant")
                json.array("content") { for part in parts { part.write(to: &$0) } }
            case .call(let call):
                json.member("type", "function_call")
                json.member("status", status.rawValue)
                json.member("call_id", call.id)
                json.member("name", call.name)
                json.member("arguments", call.arguments)
            case .reasoning(let text, let seal):
                json.member("type", "reasoning")
                json.array("summary") { if !text.isEmpty { Self.writeSummary(text, to: &$0) } }
                json.member("encrypted_content", seal?.text)
            case .image(let base64):
                json.member("type", "image_generation_call")
                json.member("status", status.rawValue)
                json.member("result", base64)
            case .native: return
            }
        }
    }

    static func writeSummary(_ text: String, to json: inout JSONWriter) {
        json.object {
            $0.member("type", "summary_text")
            $0.member("text", text)
        }
    }

    func json(status: Status) -> JSONText {
        var json = JSONWriter(capacity: 512)
        write(status: status, to: &json)
        return JSONText(valid: json.bytes)
    }
}

extension ResponsesItem {
    /// The items of an answer in the order of its parts. What has no place in this dialect is left out.
    static func items(of choice: AnswerChoice, ids: ResponsesIDs) -> [ResponsesItem] {
        var items: [ResponsesItem] = []
        func add(_ kind: String, _ content: Content) {
            items.append(ResponsesItem(id: ids.item(kind, at: items.count), content: content))
        }
        var logprobs = choice.logprobs?.responsesLogprobs ?? []
        for part in choice.parts {
            switch part.content {
            case .text(let text):
                items.say(Spoken(text: text, isRefusal: false, logprobs: logprobs), ids: ids)
                logprobs = []
            case .refusal(let text): items.say(Spoken(text: text, isRefusal: true), ids: ids)
            case .thinking(let text, let signature):
                add("rs", .reasoning(text: text, seal: .thought(signature: signature)))
            case .redactedThinking(let data): add("rs", .reasoning(text: "", seal: .redacted(data)))
            case .toolCall(let call):
                if let signature = call.signature {
                    add("rs", .reasoning(text: "", seal: .call(id: call.id, signature: signature)))
                }
                add("fc", .call(call))
            case .image(let media):
                if case .inline(_, let base64) = media.source { add("ig", .image(base64)) }
            case .native(let native):
                if let element = native.element, ResponsesItems.isItem(element) { add("", .native(native)) }
            case .audio, .file, .toolResult: continue
            }
        }
        return items
    }
}

extension [ResponsesItem] {
    /// Adds to the message at hand, or opens one.
    fileprivate mutating func say(_ spoken: ResponsesItem.Spoken, ids: ResponsesIDs) {
        if let last = indices.last, case .message(let parts) = self[last].content {
            self[last].content = .message(parts + [spoken])
        } else {
            append(ResponsesItem(id: ids.item("msg", at: count), content: .message([spoken])))
        }
    }
}

extension JSONText {
    /// The elements of `content` in Chat Completions' `logprobs`: this dialect has them as they are.
    var responsesLogprobs: [JSONText] { element?["content"]?.elements.map(JSONText.init) ?? [] }
}
