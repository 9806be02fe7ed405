import Foundation
import MockProvider
import Testing

@Suite("Embeddings", .timeLimit(.minutes(1)))
struct EmbeddingTests {
    private static func body(_ input: String, _ more: String = "") -> String {
        #"{"model":"mock-embedding","input":\#(input)\#(more)}"#
    }

    private static func vectors(_ mock: MockFixture, _ input: String, _ more: String = "") async throws -> [[Float]] {
        let response = try await mock.post(body(input, more), path: "/v1/embeddings")
        let wire: EmbeddingsWire<[Float]> = try response.decoded()
        return wire.data.map(\.embedding)
    }

    @Test("Vectors have length 1 and the dimension asked for, and depend on the text alone")
    func vectors() async throws {
        try await MockFixture.run({ $0.behavior.embeddingDimension = 48 }) { mock in
            let some = try await Self.vectors(mock, #"["a","b","a"]"#)
            #expect(some.count == 3 && some[0] == some[2] && some[0] != some[1])
            for vector in some {
                #expect(vector.count == 48)
                #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
            }
            let again = try await Self.vectors(mock, #""a""#)
            #expect(again == [some[0]])
            let short = try await Self.vectors(mock, #""a""#, #","dimensions":5"#).map(\.count)
            #expect(short == [5])
        }
    }

    @Test("Base64 holds the same floats, little-endian", arguments: 1...4)
    func base64(dimension: Int) async throws {
        try await MockFixture.run({ $0.behavior.embeddingDimension = dimension }) { mock in
            let response = try await mock.post(
                Self.body(#""text""#, #","encoding_format":"base64""#), path: "/v1/embeddings")
            let wire: EmbeddingsWire<String> = try response.decoded()
            let bytes = try #require(Data(base64Encoded: wire.data.first?.embedding ?? ""))
            let floats = stride(from: 0, to: bytes.count, by: 4).map { start in
                let pattern = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
                return Float(bitPattern: pattern)
            }
            let plain = try await Self.vectors(mock, #""text""#)
            #expect([floats] == plain)
        }
    }

    @Test("The envelope is OpenAI's, with usage and the model's name")
    func envelope() async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(Self.body(#"["12345678","1"]"#), path: "/v1/embeddings")
            let wire: EmbeddingsWire<[Float]> = try response.decoded()
            #expect(wire.object == "list" && wire.model == "mock-embedding")
            #expect(wire.data.map(\.index) == [0, 1] && wire.data.allSatisfy { $0.object == "embedding" })
            #expect(wire.data.allSatisfy { $0.embedding.count == 384 })
            // Nine bytes, four to a token.
            #expect(wire.usage.prompt_tokens == 3 && wire.usage.total_tokens == 3)
            #expect(mock.server.statistics[.embeddings].completed == 1)
        }
    }

    @Test("Token numbers are one input, lists of them several")
    func tokens() async throws {
        try await MockFixture.run { mock in
            let one = try await Self.vectors(mock, "[1,2,3]")
            let several = try await Self.vectors(mock, "[[1,2,3],[4]]")
            #expect(one.count == 1 && several.count == 2)
            #expect(one[0] == several[0])
        }
    }
}
