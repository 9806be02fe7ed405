internal import GatewayCore
internal import NIOCore

/// Hands a client's own request on to a server of the same dialect: its bytes, but for the model's name, the wish for a
/// stream's usage, and what the server is known to refuse.
enum ChatPassage {
    /// A stream always asks for its usage, so that it can be accounted whether or not the client asked. What the
    /// gateway's own answers hold beside OpenAI's members goes along to servers that take it back.
    /// - Returns: the body, and the client's parameters that are not in it.
    /// - Throws: `invalidRequest` for more answers than the server gives.
    static func body(
        _ request: ChatRequest, model: String, habits: ChatServerHabits
    ) throws(GatewayError) -> (body: ByteBuffer, dropped: [String]) {
        let root = request.document.root
        var splice = JSONSplice(request.document)
        if root["model"]?.string != model {
            var name = ByteBuffer()
            name.writeJSONString(model)
            splice.set("model", of: root, to: name)
        }
        if request.isStream, habits.parameters.takes("stream_options") { askForUsage(of: root, in: &splice) }
        var trim = ChatServerTrim(habits)
        try trim.cut(root, in: &splice)
        clean(root, habits, &trim, in: &splice)
        return (splice.apply(), trim.dropped)
    }

    private static let thoughts: Set = ["reasoning_content", "thinking_blocks"]

    private static func clean(
        _ root: JSONElement, _ habits: ChatServerHabits, _ trim: inout ChatServerTrim, in splice: inout JSONSplice
    ) {
        guard let messages = root["messages"] else { return }
        for (index, message) in messages.elements.enumerated() {
            var cuts = trim.cuts(of: message, at: index)
            let role = message["role"]?.string
            if !habits.knowsDevelopers, role == "developer" {
                splice.set("role", of: message, to: ByteBuffer(staticString: #""system""#))
            }
            if habits.joinsTexts, let content = message["content"], let text = joined(content) {
                splice.replace(content, with: text)
            }
            if habits.isStrict, role == "assistant" {
                cuts.formUnion(thoughts)
                if !habits.takesSignatures { removeSignatures(of: message, in: &splice) }
            }
            if cuts.contains(where: { message[$0] != nil }) { splice.remove(cuts, of: message) }
        }
    }

    /// A list of texts as one text; nil for what is no such list.
    private static func joined(_ content: JSONElement) -> ByteBuffer? {
        guard content.kind == .array else { return nil }
        var texts: [String] = []
        for part in content.elements {
            guard part["type"]?.string == "text", let text = part["text"]?.string else { return nil }
            texts.append(text)
        }
        var joined = ByteBuffer()
        joined.writeJSONString(texts.joined(separator: ChatServerHabits.betweenTexts))
        return joined
    }

    private static func removeSignatures(of message: JSONElement, in splice: inout JSONSplice) {
        guard let calls = message["tool_calls"] else { return }
        for call in calls.elements where call["extra_content"] != nil { splice.remove(["extra_content"], of: call) }
    }

    private static func askForUsage(of root: JSONElement, in splice: inout JSONSplice) {
        guard let options = root["stream_options"], options.kind == .object else {
            return splice.set("stream_options", of: root, to: ByteBuffer(staticString: #"{"include_usage":true}"#))
        }
        if options["include_usage"]?.bool == true { return }
        splice.set("include_usage", of: options, to: ByteBuffer(staticString: "true"))
    }
}
