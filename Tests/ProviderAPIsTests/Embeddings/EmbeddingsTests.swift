import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Embeddings")
struct EmbeddingsTests {
    private func read(_ json: String) throws -> EmbeddingsRequest { try EmbeddingsRequest(JSONDocument(json).root) }

    @Test("Every form of input is read")
    func inputs() throws {
        let cases: [(String, EmbeddingsRequest.Input)] = [
            (#""a\u00e9""#, .texts(["aé"])), (#"["a","b"]"#, .texts(["a", "b"])), ("[1,2,3]", .tokens(count: 1)),
            ("[[1],[2,3]]", .tokens(count: 2)),
        ]
        for (json, input) in cases {
            #expect(try read(#"{"model":"m","input":\#(json)}"#).input == input)
            #expect(try read(#"{"model":"m","input":\#(json)}"#).input.count > 0)
        }
        let full = try read(#"{"model":"m","input":"a","dimensions":3,"encoding_format":"base64","user":"u"}"#)
        #expect(full.dimensions == 3 && full.form == .base64 && full.user == "u" && full.model == "m")
        #expect(try read(#"{"model":"m","input":"a","dimensions":null,"encoding_format":null}"#).form == .float)
    }

    @Test(
        "What is wrong is named",
        arguments: [
            (#"{"input":"a"}"#, "model"), (#"{"model":"m"}"#, "input"), (#"{"model":"m","input":""}"#, "input"),
            (#"{"model":"m","input":[]}"#, "input"), (#"{"model":"m","input":["a",""]}"#, "input[1]"),
            (#"{"model":"m","input":["a",1]}"#, "input[1]"), (#"{"model":"m","input":[1,"a"]}"#, "input[1]"),
            (#"{"model":"m","input":[[1],"a"]}"#, "input[1]"), (#"{"model":"m","input":[[]]}"#, "input[0]"),
            (#"{"model":"m","input":[-1]}"#, "input[0]"), (#"{"model":"m","input":{}}"#, "input"),
            (#"{"model":"m","input":"a","dimensions":0}"#, "dimensions"),
            (#"{"model":"m","input":"a","encoding_format":"int8"}"#, "encoding_format"),
        ])
    func refused(json: String, parameter: String) {
        let error = #expect(throws: GatewayError.self) { try read(json) }
        #expect(error?.code == .invalidRequest && error?.parameter == parameter)
    }

    @Test("More inputs than OpenAI takes are refused")
    func mostInputs() throws {
        func json(_ count: Int) -> String {
            "{\"model\":\"m\",\"input\":[\(Array(repeating: "\"a\"", count: count).joined(separator: ","))]}"
        }
        #expect(try read(json(2048)).input.count == 2048)
        #expect(throws: GatewayError.self) { try read(json(2049)) }
    }

    @Test("The gateway's own encoder takes text and its own number of components")
    func local() throws {
        #expect(try read(#"{"model":"m","input":["a"],"dimensions":384}"#).texts(dimension: 384) == ["a"])
        for (json, parameter) in [(#""input":[1]"#, "input"), (#""input":"a","dimensions":8"#, "dimensions")] {
            let request = try read("{\"model\":\"m\",\(json)}")
            let error = #expect(throws: GatewayError.self) { try request.texts(dimension: 384) }
            #expect(error?.parameter == parameter)
        }
    }

    @Test("A provider gets the client's own bytes with its name of the model")
    func provider() throws {
        let json = #"{ "model":"alias","input":[1,2], "future":{"a":1} }"#
        #expect(String(buffer: try read(json).body(model: "alias")) == json)
        #expect(String(buffer: try read(json).body(model: "m")) == json.replacing("alias", with: "m"))
    }

    @Test("Vectors are written as numbers or as little-endian floats in base64")
    func answer() throws {
        let vectors = [EmbeddingVector(unit: [1, -2.5, 0.1]), EmbeddingVector(unit: [0, 1.0e-10, .nan])]
        let floats = EmbeddingsAnswer.body(vectors, model: "m", form: .float, tokens: 7)
        let wanted = #"""
            {"object":"list","data":[{"object":"embedding","index":0,"embedding":[1.0,-2.5,0.1]},
             {"object":"embedding","index":1,"embedding":[0.0,1e-10,null]}],
             "model":"m","usage":{"prompt_tokens":7,"total_tokens":7}}
            """#
        #expect(try Canonical.text(floats) == Canonical.text(wanted))
        // python3: base64.b64encode(struct.pack('<3f', 1, -2.5, 0.1))
        #expect(EmbeddingsAnswer.base64([1, -2.5, 0.1]) == "AACAPwAAIMDNzMw9")
        let packed = EmbeddingsAnswer.body([vectors[0]], model: "m", form: .base64, tokens: 1)
        #expect(String(buffer: packed).contains(#""embedding":"AACAPwAAIMDNzMw9""#))
    }

    @Test("What a provider's answer cost is read, whatever it says")
    func usage() throws {
        let cases: [(String, TokenUsage?)] = [
            (#"{"data":[],"usage":{"prompt_tokens":8,"total_tokens":8}}"#, TokenUsage(inputUncached: 8)),
            (#"{"usage":{"total_tokens":8}}"#, TokenUsage(inputUncached: 8)), (#"{"usage":{"prompt_tokens":-1}}"#, nil),
            (#"{"usage":null}"#, nil), ("{}", nil), ("[]", nil),
        ]
        for (json, usage) in cases { #expect(EmbeddingsAnswer.usage(try JSONDocument(json).root) == usage) }
    }
}
