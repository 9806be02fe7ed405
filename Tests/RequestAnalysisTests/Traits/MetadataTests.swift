import GatewayCore
import Testing

@Suite("Labels of a request")
struct MetadataTests {
    private let body = #"{"model":"m","messages":[{"role":"user","content":"q"}],"metadata":{"team":"law","x":1,"y":"z"}}"#

    @Test("The body's texts are taken, and the header's pairs stand over them")
    func both() throws {
        #expect(try Traits.of(body).metadata == ["team": "law", "y": "z"])
        let traits = try Traits.of(body, metadata: #"{"team":"it","level":3,"beta":true}"#)
        #expect(traits.metadata == ["team": "it", "y": "z", "level": "3", "beta": "true"])
    }

    @Test("A header that is no object of plain values is the caller's mistake", arguments: [
        "", "team=law", "[]", #"{"a":null}"#, #"{"a":{"b":"c"}}"#, #"{"a":["b"]}"#, #"{"a":"#,
        "{" + (0..<17).map { #""k\#($0)":"v""# }.joined(separator: ",") + "}",
        #"{"\#(String(repeating: "k", count: 65))":"v"}"#, #"{"k":"\#(String(repeating: "v", count: 513))"}"#,
        String(repeating: " ", count: 20_000) + "{}",
    ])
    func mistakes(header: String) throws {
        let error = #expect(throws: GatewayError.self) { try Traits.of(body, metadata: header) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.parameter == "x-refrain-metadata")
    }

    @Test("Of the body's pairs the first sixteen that fit are kept, and metadata of another kind is none")
    func bounded() throws {
        let pairs = (0..<30).map { #""k\#($0)":"v""# }.joined(separator: ",")
        let many = try Traits.of(#"{"model":"m","messages":[{"role":"user","content":"q"}],"metadata":{\#(pairs)}}"#)
        #expect(many.metadata.count == 16)
        #expect(many.metadata["k0"] == "v")
        let none = try Traits.of(#"{"model":"m","messages":[{"role":"user","content":"q"}],"metadata":"x"}"#)
        #expect(none.metadata.isEmpty)
    }
}
