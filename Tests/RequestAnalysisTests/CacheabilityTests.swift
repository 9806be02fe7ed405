import GatewayCore
import Testing

@testable import RequestAnalysis

@Suite("How far the cache may go")
struct CacheabilityTests {
    private func cacheability(_ body: String, mode: String? = nil) throws -> Cacheability {
        try Analysis().with {
            $0.headers.cacheMode = mode
            $0.questionBytesLimit = 20
        }(body).cacheability
    }

    private func messages(_ messages: String) -> String { #"{"model":"m","messages":[\#(messages)]}"# }

    @Test("A plain question is looked for by meaning", arguments: [
        #"{"role":"user","content":"q"}"#, #"{"role":"user","content":[{"type":"text","text":"q"}]}"#,
        #"{"role":"system","content":"s"},{"role":"user","content":"q"}"#,
    ])
    func semantic(list: String) throws {
        #expect(try cacheability(messages(list)) == .semantic)
    }

    @Test("What has no plain question, or one that cannot be compared, is looked up exactly only", arguments: [
        #"{"role":"assistant","content":"a"}"#, #"{"role":"system","content":"s"}"#,
        #"{"role":"user","content":[{"type":"text","text":"q"},{"type":"image_url"}]}"#,
        #"{"role":"user","content":""}"#, #"{"role":"user","content":" \n\u3000"}"#,
        #"{"role":"user","content":"twenty-one bytes long"}"#,
        #"{"role":"tool","content":"22"},{"role":"assistant","content":"a"},{"role":"user","content":"q"}"#,
        #"{"role":"function","content":"22"},{"role":"user","content":"q"}"#,
    ])
    func exactOnly(list: String) throws {
        #expect(try cacheability(messages(list)) == .exactOnly)
    }

    @Test("Several choices are looked up exactly only", arguments: [
        ("", Cacheability.semantic), (#","n":1"#, .semantic), (#","n":null"#, .semantic), (#","n":2"#, .exactOnly),
        (#","n":1e1"#, .exactOnly),
    ])
    func choices(more: String, expected: Cacheability) throws {
        #expect(try cacheability(Analysis.body("q", more: more)) == expected)
    }

    @Test("An answer to what a tool said is never kept", arguments: ["tool", "function"])
    func tools(role: String) throws {
        let list = #"{"role":"user","content":"q"},{"role":"\#(role)","content":"22"}"#
        #expect(try cacheability(messages(list)) == .never(.notCacheable))
    }

    @Test("A caller that turns the cache off gets past it")
    func off() throws {
        #expect(try cacheability(Analysis.body(), mode: "off") == .never(.callerBypass))
    }
}
