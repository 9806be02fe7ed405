import GatewayCore
import NIOCore
import RequestAnalysis
import Testing

@testable import Pipeline

@Suite("Requests of other dialects share answers only where nothing tells them apart")
struct OwnWordsTests {
    private let analyzer = RequestAnalyzer(configuration: RequestAnalysisConfiguration())

    private func analyzed(_ api: ClientAPI, _ body: String) throws -> AnalyzedRequest {
        let headers = CallerHeaders()
        let request = try RequestReading(analyzer: analyzer, api: api).read(ByteBuffer(string: body), headers: headers)
        return try analyzer.analyze(
            request, headers: headers, scope: CacheScope(tenant: .open), modelClass: request.model)
    }

    private func entry(_ api: ClientAPI, _ body: String) throws -> EntryID? {
        try analyzed(api, body).place?.entry
    }

    private static func message(_ content: String, more: String = "") -> String {
        #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":\#(content)}]\#(more)}"#
    }

    private static func response(_ input: String, more: String = "") -> String {
        #"{"model":"m","max_output_tokens":9,"input":\#(input)\#(more)}"#
    }

    private static let chat = #"{"model":"m","max_completion_tokens":9,"messages":[{"role":"user","content":"hi"}]}"#

    @Test("The same question in the three dialects has one entry, however each spells it", arguments: [
        (ClientAPI.messages, message(#""hi""#)), (.messages, message(#"[{"type":"text","text":"hi"}]"#)),
        (.messages, message(#""hi""#, more: #","metadata":{"user_id":"u"},"stream":true,"system":null"#)),
        (.responses, response(#""hi""#)), (.responses, response(#"[{"role":"user","content":"hi"}]"#)),
        (.responses, response(
            #"[{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}]"#,
            more: #","store":true,"metadata":{"team":"a"},"prompt_cache_key":"k","user":"u""#)),
    ])
    func shared(api: ClientAPI, body: String) throws {
        #expect(try entry(api, body) == entry(.chat, Self.chat))
    }

    /// Two requests of one dialect whose spelling by the gateway is the same, or was.
    static let pairs: [(ClientAPI, String, String)] = [
        (.responses, response(#""hi""#, more: tool("")), response(#""hi""#, more: tool(#","defer_loading":true"#))),
        (.responses, response(item("")), response(item(#","phase":"commentary""#))),
        (.responses, response(file("")), response(file(#","file_url":"https://a.example/b""#))),
        (.responses, response(spoken(#""a"},{"type":"output_text","text":"b""#)),
         response(spoken(#""a"}]},{"role":"assistant","content":[{"type":"output_text","text":"b""#))),
        (.messages, message(#""hi""#, more: thinking("")), message(#""hi""#, more: thinking(#","block_binding":"x""#))),
        (.messages, message(picture("")), message(picture(#","rotation":90"#))),
        (.messages, message(marked("")), message(marked(#","scope":"global""#))),
        (.messages, message(#""hi""#, more: choice("")), message(#""hi""#, more: choice(#","tools":["f"]"#))),
        (.messages, turn(#"\#(said("a")),\#(said("b")),\#(call)"#), turn(#"\#(said("a")),\#(call),\#(said("b"))"#)),
    ]

    @Test("What only the sender's own dialect knows parts requests, and so does an order that others do not have",
          arguments: pairs)
    func parted(api: ClientAPI, first: String, second: String) throws {
        #expect(try analyzed(api, first).place?.partition != analyzed(api, second).place?.partition)
        #expect(try entry(api, first) == entry(api, first.replacing(#""model":"m","#, with: #""model" : "m" , "#)))
    }

    @Test("Similar questions are still compared where the sender's own words part requests", arguments: [
        (ClientAPI.messages, message(#""!""#, more: #","mcp_new":{"a":1}"#)),
        (.messages, message(#"[{"type":"text","text":"!","cache_control":{"type":"ephemeral","scope":"x"}}]"#)),
        (.responses, response(#""!""#, more: #","new":1"#)),
        (.responses, response(#"[{"role":"user","content":[{"type":"input_text","text":"!"}],"phase":"x"}]"#)),
    ])
    func compared(api: ClientAPI, body: String) throws {
        let first = try analyzed(api, body.replacing("!", with: "How do I boil an egg?"))
        let second = try analyzed(api, body.replacing("!", with: "How can I boil eggs?"))
        #expect(first.request.ownWords != nil && first.cacheability == .semantic)
        #expect(first.place?.partition == second.place?.partition && first.place?.entry != second.place?.entry)
    }

    @Test("Labels and the wish to be stored stand where the stages look for them, and part nothing")
    func labels() throws {
        let labelled = try analyzed(
            .responses, Self.response(#""hi""#, more: #","metadata":{"team":"a"},"store":true"#))
        #expect(labelled.request.document.root["store"]?.bool == true)
        #expect(try analyzer.traits(of: labelled.request, metadata: nil).metadata == ["team": "a"])
        #expect(try labelled.place?.partition == analyzed(.responses, Self.response(#""hi""#)).place?.partition)
    }

    @Test("Only a wish for thoughts needs a model that has them", arguments: [
        (ClientAPI.responses, response(#""hi""#, more: #","reasoning":{"effort":"none"}"#), false),
        (.responses, response(#""hi""#, more: #","reasoning":{"summary":"auto"}"#), false),
        (.responses, response(#""hi""#, more: #","reasoning":{"effort":"high"}"#), true),
        (.messages, message(#""hi""#, more: #","thinking":{"type":"disabled"}"#), false),
        (.messages, message(#""hi""#, more: #","thinking":{"type":"adaptive"}"#), false),
        (.messages, message(#""hi""#, more: #","thinking":{"type":"enabled","budget_tokens":2048}"#), true),
    ])
    func thoughts(api: ClientAPI, body: String, needs: Bool) throws {
        let request = try analyzed(api, body).request
        #expect(try analyzer.traits(of: request, metadata: nil).needs.contains(.reasoning) == needs)
    }

    // MARK: - Pieces

    private static func tool(_ more: String) -> String {
        #","tools":[{"type":"function","name":"f","parameters":{}\#(more)}]"#
    }

    private static func item(_ more: String) -> String {
        #"[{"role":"assistant","content":"a"\#(more)},{"role":"user","content":"hi"}]"#
    }

    private static func file(_ more: String) -> String {
        #"[{"role":"user","content":[{"type":"input_file","file_id":"file-1"\#(more)}]}]"#
    }

    private static func spoken(_ text: String) -> String {
        #"[{"role":"assistant","content":[{"type":"output_text","text":\#(text)}]},{"role":"user","content":"hi"}]"#
    }

    private static func thinking(_ more: String) -> String {
        #","thinking":{"type":"enabled","budget_tokens":2048\#(more)}"#
    }

    private static func picture(_ more: String) -> String {
        #"[{"type":"image","source":{"type":"url","url":"https://a.example/x.png"\#(more)}}]"#
    }

    private static func marked(_ more: String) -> String {
        #"[{"type":"text","text":"hi","cache_control":{"type":"ephemeral"\#(more)}}]"#
    }

    private static func choice(_ more: String) -> String {
        #","tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"auto"\#(more)}"#
    }

    private static func said(_ text: String) -> String { #"{"type":"text","text":"\#(text)"}"# }

    private static let call = #"{"type":"tool_use","id":"t","name":"f","input":{}}"#

    private static func turn(_ blocks: String) -> String {
        #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[\#(blocks)]},"#
            + #"{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r"}]},"#
            + #"{"role":"assistant","content":"b"},{"role":"user","content":"hi"}]}"#
    }
}
