import Foundation
import GatewayCore
import Testing

@testable import Embedding

@Suite("Remote embedder")
struct RemoteTests {
    private func embedder(_ transport: FakeTransport, key: String? = "k") -> RemoteEmbedder {
        let remote = EmbeddingConfiguration.Remote(
            baseURL: "https://host/v1/", model: "m\"1", apiKey: key.map { Secret($0) }, dimension: 3)
        return RemoteEmbedder(remote, transport: transport)
    }

    @Test("The request is what the service documents")
    func request() async throws {
        let transport = FakeTransport(answer: #"{"data":[{"index":0,"embedding":[0,3,4]}]}"#)
        #expect(try await embedder(transport).embed("a \"b\"\n").components == [0, 0.6, 0.8])
        let request = try #require(transport.request)
        #expect(request.url == "https://host/v1/embeddings")
        #expect(request.headers["authorization"] == "Bearer k")
        #expect(request.headers["content-type"] == "application/json")
        let body = try JSONDocument(request.body).root
        #expect(body["model"]?.string == "m\"1")
        #expect(body["input"]?.elements.map { $0.string } == ["a \"b\"\n"])
        #expect(body["encoding_format"]?.string == "base64")
        _ = try await embedder(transport, key: nil).embed("a")
        #expect(transport.request?.headers["authorization"] == nil)
    }

    @Test("Base64 and arrays give the same vector, scaled to length one", arguments: [
        "\"\(RemoteFixture.base64([0, -3, 4]))\"", "[0, -3.0, 4e0]",
    ])
    func forms(embedding: String) async throws {
        let transport = FakeTransport(answer: "{\"data\":[{\"embedding\":\(embedding)}]}")
        #expect(try await embedder(transport).embed("a").components == [0, -0.6, 0.8])
    }

    @Test("Vectors come in the order of the texts, whatever the order of the answer")
    func order() async throws {
        let transport = FakeTransport(
            answer: """
                {"data":[{"index":2,"embedding":[0,0,1]},{"index":0,"embedding":[1,0,0]},
                {"index":1,"embedding":[0,1,0]}]}
                """)
        let vectors = try await embedder(transport).embed(["a", "b", "c"])
        #expect(vectors.map(\.components) == [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
        #expect(try await embedder(transport).embed([String]()).isEmpty)
    }

    @Test("An answer that cannot be used is refused", arguments: [
        "", "[]", "{}", #"{"data":{}}"#, #"{"data":[]}"#, #"{"data":[{}]}"#, #"{"data":[{"embedding":null}]}"#,
        #"{"data":[{"embedding":[1,2]}]}"#, #"{"data":[{"embedding":[1,2,3,4]}]}"#,
        #"{"data":[{"embedding":[0,0,0]}]}"#, #"{"data":[{"embedding":[1,2,1e99]}]}"#,
        #"{"data":[{"embedding":[1,2,"3"]}]}"#, #"{"data":[{"embedding":[1,2,1e999]}]}"#,
        #"{"data":[{"index":1,"embedding":[1,2,3]}]}"#, #"{"data":[{"index":-1,"embedding":[1,2,3]}]}"#,
        #"{"data":[{"index":0,"embedding":[1,2,3]},{"index":0,"embedding":[1,2,3]}]}"#,
        #"{"data":[{"embedding":"AAAA"}]}"#, #"{"data":[{"embedding":"!!!!"}]}"#, #"{"data":[{"embedding":"A"}]}"#,
        "{\"data\":[{\"embedding\":\"\(RemoteFixture.base64([1, .nan, 2]))\"}]}",
        "{\"data\":[{\"embedding\":\"\(RemoteFixture.base64([1, .infinity, 2]))\"}]}",
        "{\"data\":[{\"embedding\":\"\(RemoteFixture.base64([1, 2, 3, 4]))\"}]}",
    ])
    func unusable(answer: String) async {
        let error = await #expect(throws: EmbeddingError.self) {
            try await embedder(FakeTransport(answer: answer)).embed("a")
        }
        #expect(error?.code == .remoteInvalid)
        #expect(error?.isRetriable == false)
    }

    @Test("A refusal keeps its status, its kind, and no more than the beginning of its body", arguments: [
        (400, EmbeddingErrorCode.remoteRefused, false), (401, .remoteRefused, false), (404, .remoteRefused, false),
        (408, .timeout, true), (429, .remoteFailed, true), (500, .remoteFailed, true), (504, .timeout, true),
        (204, .remoteRefused, false),
    ])
    func refusals(status: Int, code: EmbeddingErrorCode, retriable: Bool) async {
        let transport = FakeTransport(status: status, answer: String(repeating: "x", count: 10_000))
        let error = await #expect(throws: EmbeddingError.self) { try await embedder(transport).embed("a") }
        #expect(error?.code == code)
        #expect(error?.isRetriable == retriable)
        #expect(error?.message.contains("\(status)") == true)
        #expect((error?.message.utf8.count ?? 0) < 300)
    }

    @Test("Base64 decodes what Foundation encodes, and nothing that is not base64")
    func base64Forms() {
        for count in 0..<9 {
            let values = (0..<count).map { Float($0) * -1.25 + 0.1 }
            #expect(Base64Floats.decode(RemoteFixture.base64(values)) == values)
        }
        for text in ["A", "AA", "AAA", "AA=A", "====", "AAA=AAAA", "AAAAA===", "AAA\u{e9}", "-_AA"] {
            #expect(Base64Floats.decode(text) == nil, "\(text)")
        }
    }

    @Test("Address, model and the operator's revision make the identity")
    func identity() {
        func fingerprint(_ url: String, _ model: String, _ revision: String? = nil) -> String {
            var remote = EmbeddingConfiguration.Remote(baseURL: url, model: model, dimension: 3)
            remote.revision = revision
            return RemoteEmbedder(remote, transport: FakeTransport(answer: "")).identity.fingerprint
        }
        let identities = [
            fingerprint("http://a/v1", "m"), fingerprint("http://b/v1", "m"), fingerprint("http://a/v1", "n"),
            fingerprint("http://a/v1", "m", "1"), fingerprint("http://a/v1", "m", "2"),
        ]
        #expect(Set(identities).count == identities.count)
        #expect(fingerprint("http://a/v1/", "m", "1") == identities[3])
    }

    @Test("The service that a configuration asks for is made, and a bad configuration says what is wrong")
    func service() async throws {
        var configuration = EmbeddingConfiguration()
        #expect(configuration.problems.isEmpty)
        configuration.provider = .off
        #expect(try EmbeddingService.make(configuration, transport: nil) == nil)
        configuration.provider = .remote
        let error = #expect(throws: EmbeddingError.self) { try EmbeddingService.make(configuration, transport: nil) }
        #expect(error?.code == .invalidConfiguration)
        configuration.remote = EmbeddingConfiguration.Remote(baseURL: "http://h", model: "m", dimension: 3)
        let transport = FakeTransport(answer: #"{"data":[{"embedding":[0,0,2]}]}"#)
        let service = try #require(try EmbeddingService.make(configuration, transport: transport))
        #expect(try await service.embedder.embed("a").components == [0, 0, 1])
        await service.close()
        configuration.threads = 0
        configuration.maximumTokens = 1
        #expect(configuration.problems.count == 2)
    }
}
