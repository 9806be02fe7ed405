import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Requests to providers of Messages")
struct MessagesRequestWriterTests {
    static func call(
        _ messages: [Message], model: String = "claude-sonnet-4-5", _ change: (inout Conversation) -> Void = { _ in }
    ) throws -> ProviderCall {
        var request = Conversation(model: "alias")
        request.messages = messages
        request.maxTokens = 100
        change(&request)
        return try AnthropicProvider().call(request, model: ProviderModel(name: model))
    }

    static func member(_ name: String, of call: ProviderCall) throws -> String? {
        try JSONDocument(call.body).root[name].map { try Canonical.text($0.rawText) }
    }

    private func messages(_ messages: [Message], model: String = "claude-sonnet-4-5") throws -> String? {
        try Self.member("messages", of: try Self.call(messages, model: model))
    }

    private func refused(_ messages: [Message]) -> String? {
        do {
            _ = try Self.call(messages)
            return nil
        } catch {
            return (error as? GatewayError)?.parameter
        }
    }

    private func use(_ id: String, _ arguments: String = "{}") -> ContentPart {
        ContentPart(.toolCall(ToolCall(id: id, name: "f", arguments: arguments)))
    }

    private func result(_ id: String, _ parts: [ContentPart]) -> Message {
        Message(.tool, [ContentPart(.toolResult(ToolResult(callID: id, parts: parts)))])
    }

    @Test("A call names path, version, credential and betas")
    func head() throws {
        let call = try Self.call([Message(.user, [.text("Hi")])]) {
            $0.betas = "a,b"
            $0.extras = [
                .init(name: "anthropic-beta", value: JSONText(valid: #""a,b""#)),
                .init(name: "inference_geo", value: JSONText(valid: #""eu""#)),
                .init(name: "store", value: JSONText(valid: "true")),
            ]
        }
        #expect(call.path == "/v1/messages" && AnthropicProvider().credential == .header("x-api-key"))
        #expect(call.headers == [.init("anthropic-version", "2023-06-01"), .init("anthropic-beta", "a,b")])
        let expected = """
            {"model":"claude-sonnet-4-5","max_tokens":100,"messages":[{"role":"user","content":"Hi"}],
             "inference_geo":"eu"}
            """
        #expect(try Canonical.text(call.body) == Canonical.text(expected))
        #expect(call.dropped == ["store"])
    }

    @Test("Leading system messages stand above, later ones where the model takes them, else as the user's words")
    func system() throws {
        let talk = [
            Message(.system, [.text("A")]), Message(.developer, [.text("B")]), Message(.user, [.text("Hi")]),
            Message(.system, [.text("C")]), Message(.assistant, [.text("Yo")]), Message(.user, [.text("?")]),
        ]
        let above = #"[{"text":"A","type":"text"},{"text":"B","type":"text"}]"#
        #expect(try Self.member("system", of: try Self.call(talk)) == above)
        let marked = #"{"content":"<system>\nC\n</system>","role":"user"}"#
        #expect(try messages(talk)?.contains(marked) == true)
        #expect(try messages(talk, model: "claude-opus-4-8")?.contains(#"{"content":"C","role":"system"}"#) == true)
        // In front of a user's turn it has no place.
        #expect(try messages(talk.filter { $0.role != .assistant }, model: "claude-opus-4-8")?.contains(marked) == true)
    }

    @Test("Results of one turn are one user message, in front of what the user says")
    func results() throws {
        let written = try messages([
            Message(.user, [.text("Hi")]), Message(.assistant, [use("a"), use("b", #"{"x":1}"#)]),
            result("a", [.text("1")]), result("b", []), Message(.user, [.text("And?")]),
        ])
        #expect(written == """
            [{"content":"Hi","role":"user"},\
            {"content":[{"id":"a","input":{},"name":"f","type":"tool_use"},\
            {"id":"b","input":{"x":1},"name":"f","type":"tool_use"}],"role":"assistant"},\
            {"content":[{"content":"1","tool_use_id":"a","type":"tool_result"},\
            {"tool_use_id":"b","type":"tool_result"},{"text":"And?","type":"text"}],"role":"user"}]
            """)
    }

    @Test("Trap 6: a late result moves behind its call, an orphan is refused by its place")
    func lateResults() throws {
        let late = try messages([
            Message(.assistant, [use("a"), use("b")]), result("a", [.text("1")]), Message(.user, [.text("wait")]),
            result("b", [.text("2")]),
        ])
        let order = late?.matches(of: /"tool_use_id":"(.)"|"text":"(wait)"/).map { $0.1 ?? $0.2 ?? "" }
        #expect(order == ["a", "b", "wait"])
        #expect(refused([Message(.user, [.text("Hi")]), result("x", [])]) == "messages[1].tool_call_id")
    }

    @Test("Trap 5: texts without a word, and messages of nothing, are left out")
    func blanks() throws {
        let written = try messages([
            Message(.user, [.text(""), .text("a"), .text(" \n")]), Message(.assistant, [.text("")]),
            Message(.user, [.text("b")]),
        ])
        #expect(written == #"[{"content":"a","role":"user"},{"content":"b","role":"user"}]"#)
        #expect(refused([Message(.user, [.text("  ")])]) == "messages")
        #expect(try messages([Message(.user, [.text("a")]), Message(.assistant, [.text("So: ")])])?
            .contains(#""So:""#) == true)
    }

    @Test("Trap 4: signed thoughts stay where they were, also without a text; others are left out")
    func thoughts() throws {
        let written = try messages([
            Message(.assistant, [
                ContentPart(.thinking("", signature: "Eq=")), ContentPart(.redactedThinking("Em=")),
                ContentPart(.thinking("foreign", signature: "gemini:abc")),
                ContentPart(.redactedThinking("openai:foreign")), ContentPart(.thinking("unsigned", signature: nil)),
                use("a"),
            ]), result("a", [.text("1")]),
        ])
        #expect(written?.hasPrefix("""
            [{"content":[{"signature":"Eq=","thinking":"","type":"thinking"},\
            {"data":"Em=","type":"redacted_thinking"},{"id":"a"
            """) == true)
        #expect(written?.contains("foreign") == false && written?.contains("unsigned") == false)
    }

    @Test("Arguments that are no object are refused by their place; none are an empty object")
    func arguments() throws {
        let broken = [Message(.user, [.text("a")]), Message(.assistant, [use("a", "{\"x\"")])]
        #expect(refused(broken) == "messages[1].content[0]")
        #expect(refused([Message(.assistant, [use("a", "[1]")])]) == "messages[0].content[0]")
        #expect(try messages([Message(.assistant, [use("a", " ")])])?.contains(#""input":{}"#) == true)
    }

    @Test("Ids that this dialect refuses are spelled anew, in calls and results alike")
    func ids() throws {
        let written = try messages([Message(.assistant, [use("functions.f:0")]), result("functions.f:0", [])])
        #expect(written?.matches(of: /functions_2ef_3a0/).count == 2)
    }

    @Test("Trap 25: an image has the type of its bytes, and only the four types are taken")
    func images() throws {
        let cases = [
            ("image/jpeg", "iVBORw0KGgoAAA", "image/png"), ("image/jpg", "QUJD", "image/jpeg"),
            ("application/octet-stream", "UklGRg", "image/webp"),
        ]
        for (type, data, expected) in cases {
            let image = ContentPart(.image(Media(.inline(type: type, base64: data))), cacheMark: CacheMark())
            let block = #"{"cache_control":{"type":"ephemeral"},"source":{"data":"\#(data)","#
                + #""media_type":"\#(expected)","type":"base64"},"type":"image"}"#
            #expect(try messages([Message(.user, [image])]) == #"[{"content":[\#(block)],"role":"user"}]"#)
        }
        let tiff = ContentPart(.image(Media(.inline(type: "image/tiff", base64: "SUkq"))))
        #expect(refused([Message(.user, [.text("a"), tiff])]) == "messages[0].content[1]")
        let sound = ContentPart(.audio(Media(.inline(type: "audio/wav", base64: "UklG"))))
        #expect(refused([Message(.user, [sound])]) == "messages[0].content[0]")
        let foreign = ContentPart(.native(JSONText(valid: #"{"type":"video_url"}"#)))
        #expect(refused([Message(.user, [foreign])]) == "messages[0].content[0]")
    }

    @Test("Documents: PDF and addresses as they are, texts as text, others refused")
    func documents() throws {
        let files = [
            Media(.inline(type: "application/pdf", base64: "JVBE"), name: "a.pdf"), Media(.url("https://x/y.pdf")),
            Media(.upload(id: "file_1")), Media(.inline(type: "text/csv", base64: "YSxi")),
        ]
        let written = try messages([Message(.user, files.map { ContentPart(.file($0)) })])
        #expect(written == """
            [{"content":[{"source":{"data":"JVBE","media_type":"application/pdf","type":"base64"},"title":"a.pdf",\
            "type":"document"},{"source":{"type":"url","url":"https://x/y.pdf"},"type":"document"},\
            {"source":{"file_id":"file_1","type":"file"},"type":"document"},\
            {"source":{"data":"a,b","media_type":"text/plain","type":"text"},"type":"document"}],"role":"user"}]
            """)
        let sheet = ContentPart(.file(Media(.inline(type: "application/zip", base64: "UEsD"))))
        #expect(refused([Message(.user, [sheet])]) == "messages[0].content[0]")
    }
}
