import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Embeddings of providers")
struct EmbeddingsProviderTests {
    private func target(_ api: ProviderAPI, version: String? = nil) -> Target {
        var target = Target(
            deployment: DeploymentID("p/x"), baseURL: "http://a", keys: nil, model: "x", deadlines: CallDeadlines(),
            allowsPrivateAddresses: true)
        target.api = api
        target.place.version = version
        return target
    }

    @Test("Each API has its path: Azure's older one names the deployment")
    func paths() throws {
        let request = try EmbeddingsRequest(JSONDocument(#"{"model":"m","input":"a"}"#).root)
        for api in [ProviderAPI.openAI, .compatible, .responses, .azure] {
            #expect(try EmbeddingsProvider.call(request, to: target(api)).path == "/embeddings")
        }
        #expect(
            try EmbeddingsProvider.call(request, to: target(.azure, version: "2024-10-21")).path
                == "/openai/deployments/x/embeddings?api-version=2024-10-21")
        #expect(ProviderAPI.allCases.filter(EmbeddingsProvider.speaks).count == 6)
    }

    @Test("An answer has one vector for each input", arguments: [
        ("{}", false), ("[", false), (#"{"data":{}}"#, false), (#"{"data":[{}]}"#, false),
        (#"{"data":[{},{}]}"#, true), (#"{"data":[{},{},{}]}"#, false),
    ])
    func answers(body: String, isRead: Bool) throws {
        let request = try EmbeddingsRequest(JSONDocument(#"{"model":"m","input":["a","b"]}"#).root)
        if isRead {
            let read = try EmbeddingsProvider.read(ByteBuffer(string: body), of: request, from: target(.openAI)) { 7 }
            #expect(read.usage == nil)
        } else {
            let error = #expect(throws: ProviderFailure.self) {
                _ = try EmbeddingsProvider.read(ByteBuffer(string: body), of: request, from: target(.openAI)) { 7 }
            }
            #expect(error?.kind == .malformedAnswer)
        }
    }

    @Test("Google's two APIs get all texts at once, and their vectors come back in OpenAI's form", arguments: [
        (ProviderAPI.gemini, "/v1beta/models/x:batchEmbedContents",
            #"{"requests":[{"model":"models/x","content":{"parts":[{"text":"a"}]},"outputDimensionality":2},{"model":"models/x","content":{"parts":[{"text":"b"}]},"outputDimensionality":2}]}"#,
            #"{"embeddings":[{"values":[0.5,-1]},{"values":[0,2.5e-1]}]}"#, 7, nil),
        (.vertex, "/v1/projects/p/locations/eu/publishers/google/models/x:predict",
            #"{"instances":[{"content":"a"},{"content":"b"}],"parameters":{"outputDimensionality":2}}"#,
            #"{"predictions":[{"embeddings":{"values":[0.5,-1],"statistics":{"token_count":3}}},{"embeddings":{"values":[0,0.25],"statistics":{"token_count":2}}}]}"#,
            5, 5),
    ] as [(ProviderAPI, String, String, String, Int, Int?)])
    func google(
        _ api: ProviderAPI, _ path: String, _ body: String, _ answer: String, _ tokens: Int, _ usage: Int?
    ) throws {
        var target = target(api)
        target.place.project = "p"
        target.place.region = "eu"
        let request = try EmbeddingsRequest(
            JSONDocument(#"{"model":"m","input":["a","b"],"dimensions":2,"user":"u"}"#).root)
        let call = try EmbeddingsProvider.call(request, to: target)
        #expect(call.path == path && String(buffer: call.body) == body)
        let read = try EmbeddingsProvider.read(ByteBuffer(string: answer), of: request, from: target) { 7 }
        #expect(
            String(buffer: read.body)
                == #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1.0]},{"object":"embedding","index":1,"embedding":[0.0,0.25]}],"model":"x","usage":{"prompt_tokens":\#(tokens),"total_tokens":\#(tokens)}}"#)
        #expect(read.usage?.promptTokens == usage)
        let numbers = try EmbeddingsRequest(JSONDocument(#"{"model":"m","input":[1,2]}"#).root)
        #expect(throws: GatewayError.self) { _ = try EmbeddingsProvider.call(numbers, to: target) }
    }

    @Test("What is no list of as many vectors is refused", arguments: [
        "", "[]", "{}", #"{"embeddings":[]}"#, #"{"embeddings":[{"values":[1]}]}"#,
        #"{"embeddings":[{"values":[1]},{"values":[]}]}"#, #"{"embeddings":[{"values":[1]},{"value":[1]}]}"#,
        #"{"embeddings":[{"values":[1]},{"values":["1"]}]}"#, #"{"predictions":[{"values":[1]},{"values":[1]}]}"#,
    ])
    func malformed(_ answer: String) throws {
        let request = try EmbeddingsRequest(JSONDocument(#"{"model":"m","input":["a","b"]}"#).root)
        let error = #expect(throws: ProviderFailure.self) {
            _ = try EmbeddingsProvider.read(ByteBuffer(string: answer), of: request, from: target(.gemini)) { 7 }
        }
        #expect(error?.kind == .malformedAnswer)
    }
}
