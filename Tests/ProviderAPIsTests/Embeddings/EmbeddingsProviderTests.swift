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
            #expect(EmbeddingsProvider.call(request, to: target(api)).path == "/embeddings")
        }
        #expect(
            EmbeddingsProvider.call(request, to: target(.azure, version: "2024-10-21")).path
                == "/openai/deployments/x/embeddings?api-version=2024-10-21")
        #expect(ProviderAPI.allCases.filter(EmbeddingsProvider.speaks).count == 4)
    }

    @Test("An answer has one vector for each input", arguments: [
        ("{}", false), ("[", false), (#"{"data":{}}"#, false), (#"{"data":[{}]}"#, false),
        (#"{"data":[{},{}]}"#, true), (#"{"data":[{},{},{}]}"#, false),
    ])
    func answers(body: String, isRead: Bool) throws {
        let request = try EmbeddingsRequest(JSONDocument(#"{"model":"m","input":["a","b"]}"#).root)
        if isRead {
            #expect(try EmbeddingsProvider.read(ByteBuffer(string: body), of: request).usage == nil)
        } else {
            let error = #expect(throws: ProviderFailure.self) {
                _ = try EmbeddingsProvider.read(ByteBuffer(string: body), of: request)
            }
            #expect(error?.kind == .malformedAnswer)
        }
    }
}
